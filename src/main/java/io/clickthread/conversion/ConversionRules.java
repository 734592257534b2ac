package io.clickthread.conversion;

import io.clickthread.account.Account;
import io.clickthread.account.Accounts;
import io.clickthread.http.IgnoredFields;
import io.clickthread.http.Problem;
import org.springframework.stereotype.Component;

/** What a conversion must be before it is stored, whichever way it came. */
@Component("conversionRules")
public class ConversionRules {

    /**
     * Whether a request can be stored.
     *
     * @param request the request
     * @param account its account; null if there is none
     * @return true
     * @throws Problem 400 with every fault of its fields, 404 for an unknown account, 422 for one without a dataset
     */
    public boolean check(ConversionRequest request, Account account) {
        if (request.fault() != null) {
            throw request.fault();
        }
        if (account == null || !account.connected()) {
            throw Accounts.unknown().with(IgnoredFields.header(request.ignored()));
        }
        if (account.datasetId() == null) {
            throw Problem.unprocessable("dataset_not_configured", "The account's dataset ID is not configured: call "
                    + "POST /api/v1/whatsapp/dataset, or set metadata.metaCapiDatasetId.")
                    .with(IgnoredFields.header(request.ignored()));
        }
        return true;
    }
}
