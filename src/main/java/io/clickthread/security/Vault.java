package io.clickthread.security;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import io.clickthread.system.Settings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Seals secrets for the database with AES-256-GCM (Tink). Each sealed value begins with the id of its key, so keys are
 * rotated by putting a new one first in CLICKTHREAD_ENCRYPTION_KEY and leaving the old one behind it.
 */
@Component
public class Vault {

    private final Aead aead;
    private final long keyId;
    private final Set<Long> ids = new HashSet<>();

    Vault(Settings settings) throws GeneralSecurityException {
        AeadConfig.register();
        AesGcmParameters parameters = AesGcmParameters.builder().setKeySizeBytes(32).setIvSizeBytes(12)
                .setTagSizeBytes(16).setVariant(AesGcmParameters.Variant.TINK).build();
        KeysetHandle.Builder keys = KeysetHandle.newBuilder();
        int primary = 0;
        for (String encoded : settings.encryptionKey().split(",")) {
            byte[] key = Base64.getDecoder().decode(encoded.trim());
            int id = idOf(key);
            if (!ids.add(Integer.toUnsignedLong(id))) {
                continue; // given twice
            }
            KeysetHandle.Builder.Entry entry = KeysetHandle.importKey(AesGcmKey.builder().setParameters(parameters)
                    .setIdRequirement(id).setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get())).build());
            if (primary == 0) {
                primary = id;
                entry.makePrimary();
            }
            keys.addEntry(entry);
        }
        this.keyId = Integer.toUnsignedLong(primary);
        this.aead = keys.build().getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    /**
     * Seals a secret.
     *
     * @param secret what to seal
     * @param owner  what it belongs to, for example an account's id; it opens only with the same owner
     * @return the key's id, iv, ciphertext and tag in one
     */
    public byte[] seal(byte[] secret, String owner) {
        try {
            return aead.encrypt(secret, owner.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Sealing failed", e);
        }
    }

    /**
     * Opens what {@link #seal} made.
     *
     * @param sealed the sealed bytes
     * @param owner  the same owner
     * @return the secret
     * @throws IllegalStateException if no configured key opens it
     */
    public byte[] open(byte[] sealed, String owner) {
        try {
            return aead.decrypt(sealed, owner.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "A stored secret does not open: its key is missing from CLICKTHREAD_ENCRYPTION_KEY", e);
        }
    }

    /**
     * The id of the key that seals now, to be stored beside what it sealed.
     *
     * @return 1 to 2^32 - 1
     */
    public long keyId() {
        return keyId;
    }

    /**
     * Whether a key is among those configured.
     *
     * @param id the key's id, as it was stored beside what it sealed
     * @return true if what it sealed opens
     */
    public boolean has(long id) {
        return ids.contains(id);
    }

    private static int idOf(byte[] key) throws GeneralSecurityException {
        int id = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key)).getInt();
        return id == 0 ? 1 : id; // Tink takes no key 0
    }
}
