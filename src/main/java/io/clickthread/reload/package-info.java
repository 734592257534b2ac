/** Saved route files take effect while the server runs, in the profile {@code local} only. */
package io.clickthread.reload;
