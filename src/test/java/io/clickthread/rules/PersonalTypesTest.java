package io.clickthread.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.clickthread.support.Sources;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What is printed of a value names no person and no secret, wherever Camel, a log line or an exception prints it. Every text
 * of a record counts as one unless its name is known to be harmless, so that a new record has to be decided about.
 */
class PersonalTypesTest {

    private static final String CANARY = "canary";

    /** Components that name things of the operator's or of Meta's, never of a person. */
    private static final Set<String> HARMLESS = Set.of("id", "importId", "accountId", "conversationId", "channelId", "profileId",
            "wabaId", "datasetId", "conversionId", "phoneNumberId", "channel", "provider", "source", "place", "kind", "state",
            "reason", "code", "status", "type", "eventName", "currency", "claim", "stateBefore", "sourceType", "sourceId", "owner",
            "quarantineReason", "fault", "contentType", "states", "outcome", "destination", "field", "method", "sql",
            "delays", "GraphCall.path");

    /** Records that hold what an operator sets, what Meta documents or how a file is written. */
    private static final Set<String> OF_NO_PERSON = Set.of("Signature", "ChannelConfig", "SecretHeader", "SignedBody", "SignedElements",
            "SignedToken", "TwilioSignature", "EitherAuthenticator", "MetaError", "Statement", "Dialect", "WrittenTime", "Amount", "Change", "Round",
            "MetaWish", "GraphError", "Kafka", "CsvFolder", "Webhook", "Chatwoot", "WebhookSettings", "GraphSettings",
            "HttpSettings", "CaptureSettings", "Conversions", "Delivery", "IdempotencySettings", "ImportSettings", "RetentionSettings", "Columns", "Found", "Question", "Body", "Cursor",
            "Counted", "Address", "Note", "Page", "SourceSettings");

    @Test
    void nothingThatARecordHoldsOfAPersonOrASecretIsInWhatIsPrintedOfIt() {
        Set<String> told = new TreeSet<>();
        int seen = 0;
        for (JavaClass type : new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.clickthread")) {
            if (type.isRecord() && !type.getPackageName().equals("io.clickthread.check") // knows route files alone
                    && !OF_NO_PERSON.contains(type.getSimpleName())) {
                Object record = filled(type.reflect(), 0);
                if (record != null) {
                    seen++;
                    if (record.toString().contains(CANARY)) {
                        told.add(type.getName() + " prints " + record);
                    }
                }
            }
        }
        assertThat(told).isEmpty();
        assertThat(seen).as("records that were looked at").isGreaterThan(40);
    }

    @Test
    void aRecordThatPrintsAPhoneWouldBeFound() {
        record Caller(String accountId, String phone) {
        }
        assertThat(filled(Caller.class, 0).toString()).contains("phone=" + CANARY).contains("accountId=harmless");
    }

    @Test
    void noExceptionIsLoggedWithItsMessageWhichMayQuoteAPerson() throws IOException {
        Pattern logged = Pattern.compile("LOG\\.(error|warn|info)\\([^;]*(,\\s*(e|failure|cause|exception|"
                + "[a-z]+\\.failure\\(\\))\\)|getMessage\\(\\)[^;]*);");
        // at DEBUG only the start says one, before anybody has sent anything
        assertThat("LOG.error(\"It failed\", e);").containsPattern(logged);
        for (Path file : Sources.java()) {
            assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern(logged);
        }
    }

    /** An instance full of canaries; null if its constructor takes none. */
    private static Object filled(Class<?> type, int depth) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(components)
                    .map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(Arrays.stream(components).map(component -> value(component.getType(),
                    HARMLESS.contains(component.getName())
                            || HARMLESS.contains(type.getSimpleName() + "." + component.getName())
                                    ? "harmless" : CANARY, depth)).toArray());
        } catch (InvocationTargetException | InstantiationException | IllegalArgumentException e) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    private static Object value(Class<?> type, String text, int depth) {
        if (type == String.class || type == Object.class) {
            return text;
        } else if (type == byte[].class) {
            return text.getBytes(StandardCharsets.UTF_8);
        } else if (type == String[].class) {
            return new String[] {text};
        } else if (type == Set.class) {
            return Set.of(text);
        } else if (type == List.class || type == Collection.class) {
            return List.of(text);
        } else if (type == Map.class) {
            return new HashMap<>(Map.of(text, text));
        } else if (type == JsonNode.class || type == ObjectNode.class) {
            return JsonNodeFactory.instance.objectNode().put(text, text);
        } else if (type == UnaryOperator.class) {
            return UnaryOperator.identity();
        } else if (type == int.class || type == long.class || type == boolean.class || type == char.class) {
            return type == int.class ? (Object) 1 : type == long.class ? (Object) 1L : type == boolean.class ? (Object) true : 'x';
        } else if (type == Integer.class) {
            return 1;
        } else if (type == Long.class) {
            return 1L;
        } else if (Exception.class.isAssignableFrom(type)) {
            return type.isAssignableFrom(IllegalStateException.class) ? new IllegalStateException(text) : null;
        } else if (type.isRecord() && depth < 5) {
            return filled(type, depth + 1);
        }
        return type.isEnum() ? type.getEnumConstants()[0] : null;
    }
}
