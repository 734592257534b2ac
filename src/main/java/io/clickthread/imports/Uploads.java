package io.clickthread.imports;

import io.clickthread.account.Account;
import io.clickthread.account.Accounts;
import io.clickthread.http.Problem;
import io.clickthread.http.Request;
import io.clickthread.security.Vault;
import io.clickthread.system.Ids;
import io.clickthread.system.Settings;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Takes files of conversions in. */
@Component("uploads")
public class Uploads {

    private final Accounts accounts;
    private final Vault vault;
    private final Settings.Imports settings;

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
     * @param request with {@code accountId}, and {@code dryRun} if it is {@code true} or {@code false}
     * @return {@code accountId} and {@code dryRun} for {@code begin-import.sql}
     * @throws Problem 400 for a bad parameter, 404 for an unknown account, 413 if it is too large, 422 without a dataset
     */
    public Map<String, Object> wanted(Request request) {
        if (request.query("accountId") == null) {
            throw Problem.invalid("missing_required_field", "accountId", "'accountId' is required.");
        }
        String dryRun = request.query("dryRun");
        if (dryRun != null && !dryRun.equals("true") && !dryRun.equals("false")) {
            throw Problem.invalid("invalid_field_value", "dryRun", "'dryRun' must be 'true' or 'false'.");
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
        return Map.of("accountId", account.id(), "dryRun", "true".equals(dryRun));
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
     * How long an upload may be silent.
     *
     * @return the parameters of {@code abandon-uploads.sql}
     */
    public Map<String, Object> abandoned() {
        return Map.of("timeoutMillis", settings.uploadTimeout().toMillis());
    }
}
