package io.clickthread.csv;

/** What the amounts of a column have shown of their decimal sign. Only amounts that can be read in one way show something. */
final class AmountColumn {

    private boolean point;
    private boolean comma;
    private boolean thirds;

    /** Looks at one more amount of the column. */
    void look(Amount amount) {
        point |= amount.shows() == '.';
        comma |= amount.shows() == ',';
        thirds |= amount.thirds();
    }

    /** {@code .} or {@code ,}; {@code mixed} if some show one and some the other; null if none shows it. */
    String decimalSign() {
        return point && comma ? Dialect.MIXED : point ? "." : comma ? "," : null;
    }

    /** Whether some amount surely has three digits behind its decimal sign. */
    boolean thirds() {
        return thirds;
    }
}
