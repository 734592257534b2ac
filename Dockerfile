# Builds with nothing installed but Docker. The JDK and the JRE are pinned to their line, not to a patch: building again
# brings the security fixes of the day.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
COPY routes routes
COPY src src
RUN --mount=type=cache,target=/root/.m2 mvn --batch-mode --quiet -DskipTests package
RUN java -Djarmode=tools -jar target/clickthread.jar extract --layers --destination layers

FROM eclipse-temurin:25-jre
WORKDIR /app
# Libraries change seldom and are 99 % of the bytes, so that an update of Clickthread ships one small layer.
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
# A number, so that an orchestrator can see that it is not root; it owns no file here and needs to write only /tmp.
USER 10001:10001
EXPOSE 8080 8081
# An orchestrator asks for health from outside; who else reaches the port is up to the network.
ENV CLICKTHREAD_MANAGEMENT_HOST=0.0.0.0
# A process without memory is worse than none: it ends, and is started again.
ENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError"
HEALTHCHECK --interval=15s --timeout=5s --start-period=120s --retries=3 \
    CMD ["java", "-Xmx16m", "-XX:TieredStopAtLevel=1", "-cp", "clickthread.jar", "io.clickthread.system.HealthCheck"]
ENTRYPOINT ["java", "-jar", "clickthread.jar"]
