package io.clickthread.imports;

import io.clickthread.account.Account;
import io.clickthread.account.Accounts;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.security.Vault;
import io.clickthread.system.Ids;
import io.clickthread.system.ImportSettings;
import io.clickthread.system.Settings;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Takes files of conversions in. */
@Component("uploads")
public class Uploads {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private static final Set<String> PARAMETERS = Set.of("accountId", "dryRun", "timezone", "country");

    private final Accounts accounts;
    private final Vault vault;
    private final ImportSettings settings;

    Uploads(Accounts accounts, Vault vault, Settings settings) {
        this.accounts = accounts;
        this.vault = vault;
        this.settings = settings.imports();
    }

    /**
     * Begins to read a file, as far as its header.
     *
     * @param content the file as it arrives
     * @return the file
     * @throws Problem 400 without a header that can be used
     */
    public UploadedFile open(InputStream content) {
        return new UploadedFile(Ids.next(), content, vault, settings.maxBytes());
    }

    /**
     * Looks at the request, before anything of the file is read.
     *
     * @param request with {@code accountId}; {@code dryRun}, {@code true} or {@code false}, {@code timezone} and
     *                {@code country} if they are not those of the account
     * @return {@code accountId} and {@code dryRun} for {@code begin-import.sql}, {@code timezone} and {@code country} for
     *         {@link #finished}
     * @throws Problem 400 for a bad parameter, 404 for an unknown account, 413 if it is too large, 422 without a dataset
     */
    public Map<String, Object> wanted(Request request) {
        // A misspelt dryRun must not send what was meant to be tried.
        request.query().keySet().stream().filter(name -> !PARAMETERS.contains(name)).findFirst().ifPresent(name -> {
            throw Problem.invalid("unknown_parameter", null, "There is a query parameter that an import does not have; it has "
                    + "'accountId', 'dryRun', 'timezone' and 'country'.");
        });
        if (request.query("accountId") == null) {
            throw Problem.invalid("missing_required_field", "accountId", "'accountId' is required.");
        }
        String dryRun = request.query("dryRun");
        if (dryRun != null && !dryRun.equals("true") && !dryRun.equals("false")) {
            throw Problem.invalid("invalid_field_value", "dryRun", "'dryRun' must be 'true' or 'false'.");
        }
        String timezone = request.query("timezone");
        if (timezone != null && !ZoneId.getAvailableZoneIds().contains(timezone)) {
            throw Problem.invalid("invalid_field_value", "timezone",
                    "'timezone' must be a name of the IANA database, for example America/Sao_Paulo.");
        }
        String country = request.query("country") == null ? null : request.query("country").toUpperCase(Locale.ROOT);
        if (country != null && !COUNTRIES.contains(country)) {
            throw Problem.invalid("invalid_field_value", "country",
                    "'country' must be a two-letter code of ISO 3166, for example BR.");
        }
        Account account = accounts.connected(request.query("accountId"));
        if (account.datasetId() == null) {
            throw Problem.unprocessable("dataset_not_configured", "The account's dataset ID is not configured: call "
                    + "POST /api/v1/whatsapp/dataset, or set metadata.metaCapiDatasetId.");
        }
        String length = request.header("Content-Length");
        if (length != null && length.matches("\\d{1,18}") && Long.parseLong(length) > settings.maxBytes()) {
            throw UploadedFile.tooLarge(settings.maxBytes());
        }
        Map<String, Object> wanted = new HashMap<>(Map.of("accountId", account.id(), "dryRun", "true".equals(dryRun)));
        wanted.put("timezone", timezone == null ? account.timezone() : timezone);
        wanted.put("country", country == null ? account.defaultCountry() : country);
        return wanted;
    }

    /**
     * Joins what the request and the file say.
     *
     * @param wanted of {@link #wanted}
     * @param file   of {@link #open}
     * @return the parameters of {@code begin-import.sql}
     */
    public Map<String, Object> begin(Map<String, Object> wanted, UploadedFile file) {
        Map<String, Object> row = new HashMap<>(wanted);
        row.putAll(file.begin());
        return row;
    }

    /**
     * The file is whole.
     *
     * @param wanted of {@link #wanted}
     * @param file   of {@link #open}, read to its end
     * @return the parameters of {@code finish-upload.sql}
     */
    public Map<String, Object> finished(Map<String, Object> wanted, UploadedFile file) {
        return file.finished((String) wanted.get("timezone"), (String) wanted.get("country"));
    }

    /**
     * How long an upload may be silent.
     *
     * @return the parameters of {@code abandon-uploads.sql}
     */
    public Map<String, Object> abandoned() {
        return Map.of("timeoutMillis", settings.uploadTimeout().toMillis());
    }
}
