package io.clickthread.check;

import java.util.ArrayList;
import java.util.List;

/** The arguments of a call in a route: parted by commas that stand in no braces, brackets or quotes. */
final class Arguments {

    private Arguments() {
    }

    /** The arguments between the outermost brackets of {@code name(one, two)}, trimmed. */
    static List<String> of(String call) {
        int begin = call.indexOf('(');
        int end = call.lastIndexOf(')');
        List<String> arguments = new ArrayList<>();
        if (begin < 0 || end < begin || call.substring(begin + 1, end).isBlank()) {
            return arguments;
        }
        StringBuilder argument = new StringBuilder();
        int depth = 0;
        char quote = 0;
        for (char c : call.substring(begin + 1, end).toCharArray()) {
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if ("({[".indexOf(c) >= 0) {
                depth++;
            } else if (")}]".indexOf(c) >= 0) {
                depth--;
            } else if (c == ',' && depth == 0) {
                arguments.add(argument.toString().trim());
                argument.setLength(0);
                continue;
            }
            argument.append(c);
        }
        arguments.add(argument.toString().trim());
        return arguments;
    }
}
