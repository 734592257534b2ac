package io.clickthread.start;

import io.clickthread.check.Bundle;
import io.clickthread.check.Fault;
import io.clickthread.check.RouteCheck;
import io.clickthread.check.RouteFile;
import io.clickthread.check.SourceUse;
import io.clickthread.check.Surroundings;
import io.clickthread.system.SourceOptions;
import io.clickthread.system.StartupRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/** The route files that are loaded, looked at before Camel does. */
@Component
public class LoadedRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(LoadedRoutes.class);
    private static final String FOLDER = "file:";
    /** Where a route of a source that uses no template reads whether it is switched on. */
    private static final Pattern SWITCH = Pattern.compile("clickthread\\.sources\\.([a-z0-9-]+)\\.enabled");

    private final ConfigurableListableBeanFactory beans;
    private final Environment environment;
    private List<RouteFile> files = List.of();

    LoadedRoutes(ConfigurableListableBeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    /** Refuses the start if a route file names what is not there, or brings a source that is switched on and not set up. */
    void check() {
        Bundle bundle = read();
        files = bundle.files();
        CamelFailures.remember(files);
        if (!bundle.faults().isEmpty()) {
            throw new StartupRefused(bundle.faults().stream().map(Fault::toString).toList());
        }
        checkSources();
        folders().forEach(folder -> ShippedRoutes.differences(RouteResources.shipped(), folder).forEach(LOG::info));
    }

    /**
     * What this start loaded.
     *
     * @return the files as they were
     */
    public List<RouteFile> files() {
        return files;
    }

    /**
     * Reads what a start would load now.
     *
     * @return the files as they are, and what is wrong in them
     */
    public Bundle read() {
        List<Fault> faults = new ArrayList<>();
        List<RouteFile> files = new ArrayList<>();
        for (String pattern : patterns()) {
            for (Resource file : RouteResources.find(pattern)) {
                add(file, files, faults);
            }
            if (pattern.startsWith(FOLDER)) {
                faults.addAll(notLoaded(pattern));
            }
        }
        if (faults.isEmpty()) { // a file that is not read makes others wrong that name what is in it
            files.forEach(file -> file.leaveOut(this::isMet));
            faults.addAll(RouteCheck.faults(files, surroundings()));
        }
        return new Bundle(files, faults);
    }

    /**
     * The folders that files are loaded from.
     *
     * @return their paths; none if the routes of the jar run
     */
    public List<Path> folders() {
        return patterns().stream().filter(pattern -> pattern.startsWith(FOLDER) && pattern.contains("/**/"))
                .map(pattern -> Path.of(pattern.substring(FOLDER.length(), pattern.indexOf("/**/")))).toList();
    }

    private List<String> patterns() {
        return Stream.of(environment.getProperty("camel.main.routes-include-pattern", "").split(",")).map(String::trim).toList();
    }

    /** What only the route files know: which sources there are besides those of {@code SourceSettings}. */
    private void checkSources() {
        SourceOptions options = new SourceOptions(environment);
        List<SourceUse> sources = SourceUse.in(files);
        List<String> missing = new ArrayList<>(sources.stream()
                .flatMap(source -> options.faults(source.name(), source.required(), source.file()).stream()).toList());
        Set<String> names = new TreeSet<>(sources.stream().map(SourceUse::name).toList());
        files.forEach(file -> SWITCH.matcher(file.text()).results().forEach(found -> names.add(found.group(1))));
        missing.addAll(options.unknown(names));
        if (!missing.isEmpty()) {
            throw new StartupRefused(missing);
        }
    }

    private Surroundings surroundings() {
        Map<String, String> shipped = new TreeMap<>();
        List<RouteFile> own = new ArrayList<>();
        RouteResources.shipped().values().forEach(file -> add(file, own, new ArrayList<>()));
        List<String> sources = SourceUse.in(own).stream().map(SourceUse::file).toList();
        for (RouteFile file : own) {
            if (sources.contains(file.path())) {
                continue; // a source may be deleted; one that is switched on is missed by its name
            }
            file.leaveOut(this::isMet);
            file.routes().forEach(route -> shipped.put(route.path("id").asText(), file.path()));
            file.below("templatedRoute").forEach(use -> shipped.put(use.path("routeId").asText(), file.path()));
            file.below("routeConfiguration").forEach(policy -> shipped.put(policy.path("id").asText(), file.path()));
        }
        Set<String> names = new TreeSet<>(Arrays.asList(beans.getBeanDefinitionNames()));
        names.removeIf(name -> name.contains("."));
        return new Surroundings(name -> beans.containsBean(name) ? beans.getType(name) : null, names, RouteResources::statement,
                name -> environment.getProperty(name) != null, shipped, Surroundings.CALLED_BY_JAVA, Surroundings.SET_BY_JAVA);
    }

    /** Whether what has this precondition runs. */
    private boolean isMet(String precondition) {
        return Boolean.parseBoolean(environment.resolvePlaceholders(precondition.replace("{{", "${").replace("}}", "}")));
    }

    /** Files beside the routes that look like routes and are not loaded because of their names. */
    private static List<Fault> notLoaded(String pattern) {
        List<Fault> faults = new ArrayList<>();
        for (String ending : new String[] {"*.yaml", "*.yml"}) {
            for (Resource file : RouteResources.find(pattern.replace("*" + RouteFile.SUFFIX, ending))) {
                if (!String.valueOf(file.getFilename()).endsWith(RouteFile.SUFFIX)) {
                    faults.add(new Fault(RouteResources.name(file), 0, "this file is not loaded",
                            "let its name end with " + RouteFile.SUFFIX + ", or put it elsewhere"));
                }
            }
        }
        return faults;
    }

    private static void add(Resource resource, List<RouteFile> files, List<Fault> faults) {
        try {
            RouteFile file = RouteFile.read(RouteResources.name(resource), resource.getContentAsString(StandardCharsets.UTF_8), faults);
            if (file != null) {
                files.add(file);
            }
        } catch (IOException e) {
            faults.add(new Fault(RouteResources.name(resource), 0, "this file cannot be read (" + e.getMessage() + ")",
                    "let this user read it"));
        }
    }
}
