package io.clickthread.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The SQL files that routes run. */
public final class Statements {

    private static final Pattern FILE = Pattern.compile("sql(?:-[a-z]+)?:((?:classpath|file):[^?]+)(?:\\?.*)?");
    private static final Pattern PARAMETER = Pattern.compile(":#");
    private static final String COUNT = "parametersCount";

    private Statements() {
    }

    /**
     * Every file with a statement is there.
     *
     * @param files  the route files
     * @param around reads statements
     * @return a fault for each that is not
     */
    public static List<Fault> exist(List<RouteFile> files, Surroundings around) {
        List<Fault> faults = new ArrayList<>();
        for (RouteFile file : files) {
            file.each((owner, field, value, line) -> {
                String statement = file(value.asText());
                if (statement != null && around.statements().apply(statement) == null) {
                    faults.add(file.fault(line, "there is no statement " + statement,
                            "write the name of a file in src/main/resources/sql, as sql:classpath:sql/<name>.sql"));
                }
            });
        }
        return faults;
    }

    /**
     * Every count of parameters is that of the statement.
     *
     * @param files  the route files
     * @param around reads statements
     * @return a fault for each that is not
     */
    public static List<Fault> takeTheirParameters(List<RouteFile> files, Surroundings around) {
        List<Fault> faults = new ArrayList<>();
        for (RouteFile file : files) {
            file.each((owner, field, value, line) -> {
                String statement = field.equals("uri") ? file(value.asText()) : null;
                String text = statement == null ? null : around.statements().apply(statement);
                String count = owner.path("parameters").path(COUNT).asText();
                if (text != null && !count.isEmpty() && !count.equals(Long.toString(parameters(text)))) {
                    faults.add(file.fault(file.line(owner.path("parameters"), COUNT), statement + " has " + parameters(text)
                            + " parameters", "write " + COUNT + ": " + parameters(text)));
                }
            });
        }
        return faults;
    }

    private static String file(String uri) {
        Matcher matcher = FILE.matcher(uri);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /**
     * How many parameters a statement names.
     *
     * @param statement its text
     * @return the number of its {@code :#names} outside comments
     */
    public static long parameters(String statement) {
        return statement.lines().filter(line -> !line.stripLeading().startsWith("--"))
                .mapToLong(line -> PARAMETER.matcher(line).results().count()).sum();
    }
}
