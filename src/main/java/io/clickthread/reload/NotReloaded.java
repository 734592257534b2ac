package io.clickthread.reload;

/** A saved route that cannot take effect now, with a sentence that says why and what to do. */
final class NotReloaded extends Exception {

    private static final long serialVersionUID = 1L;

    NotReloaded(String sentence) {
        super(sentence);
    }
}
