package io.clickthread.check;

/**
 * What is wrong in a route file.
 *
 * @param file    the file as its reader would name it
 * @param line    the line in it, from 1; 0 for the file as a whole
 * @param what    what is wrong
 * @param instead what to write instead
 */
public record Fault(String file, int line, String what, String instead) {

    /** One line: {@code file:line: what: instead}. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + what + ": " + instead;
    }
}
