package io.clickthread.check;

import java.util.List;

/**
 * Route files that are loaded together.
 *
 * @param files  those that can be read, without the routes whose precondition is not met
 * @param faults why a start refuses them; none if it does not
 */
public record Bundle(List<RouteFile> files, List<Fault> faults) {
}
