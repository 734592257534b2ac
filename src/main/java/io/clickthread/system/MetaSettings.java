package io.clickthread.system;

/**
 * Webhooks of Meta.
 *
 * @param appSecret   signs webhooks; several separated by commas, one per app or during a rotation
 * @param verifyToken the token of the webhook handshake
 */
public record MetaSettings(String appSecret, String verifyToken) {

    @Override
    public String toString() {
        return "MetaSettings"; // nothing but secrets
    }
}
