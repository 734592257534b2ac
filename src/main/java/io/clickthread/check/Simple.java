package io.clickthread.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression in the language simple looks at.
 *
 * @param root  {@code body}, {@code variable} or anything else that simple knows
 * @param name  the variable's name, else an empty text
 * @param path  the properties behind, as far as they are plain names
 * @param isAll whether the expression is nothing but this
 */
record Simple(String root, String name, List<String> path, boolean isAll) {

    private static final Pattern FUNCTION = Pattern.compile("\\$\\{([^{}]*)}");
    private static final Pattern BODY = Pattern.compile("(?:in\\.)?(body)((?:[?]?\\..*)?)", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("(variable)[.:]([A-Za-z0-9_-]+)((?:[?]?\\..*)?)", Pattern.DOTALL);
    private static final Pattern EXCEPTION = Pattern.compile("(exception)((?:[?]?\\..*)?)", Pattern.DOTALL);
    private static final Pattern STEP = Pattern.compile("[?]?\\.([A-Za-z_$][A-Za-z0-9_$]*)(?:\\(\\))?");

    /** All that an expression looks at; what has brackets, or a language of its own in it, ends where that begins. */
    static List<Simple> in(String expression) {
        List<Simple> found = new ArrayList<>();
        Matcher matcher = FUNCTION.matcher(expression);
        while (matcher.find()) {
            boolean all = matcher.start() == 0 && matcher.end() == expression.length();
            String function = matcher.group(1).trim();
            Matcher body = BODY.matcher(function);
            Matcher variable = VARIABLE.matcher(function);
            Matcher exception = EXCEPTION.matcher(function);
            if (variable.matches()) {
                found.add(of("variable", variable.group(2), variable.group(3), all));
            } else if (body.matches()) {
                found.add(of("body", "", body.group(2), all));
            } else if (exception.matches()) {
                found.add(of("exception", "", exception.group(2), all));
            } else {
                found.add(new Simple(function, "", List.of(), false));
            }
        }
        return found;
    }

    private static Simple of(String root, String name, String rest, boolean all) {
        List<String> path = new ArrayList<>();
        Matcher matcher = STEP.matcher(rest);
        int at = 0;
        while (at < rest.length() && matcher.find(at) && matcher.start() == at) {
            path.add(matcher.group(1));
            at = matcher.end();
        }
        return new Simple(root, name, path, all && at == rest.length());
    }
}
