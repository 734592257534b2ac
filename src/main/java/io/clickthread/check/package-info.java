/**
 * Looks at route files without running them: whether all that they name is there. It is used at every start and by the tests
 * of the routes; a fault names the file, the line, what is wrong and what to write instead.
 */
package io.clickthread.check;
