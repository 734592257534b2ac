package io.clickthread.account;

/** The stored access token of an account cannot be opened. Its name is shown as the reason why a conversion waits. */
public class TokenDoesNotOpen extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * The failure.
     *
     * @param cause what the vault said
     */
    public TokenDoesNotOpen(Throwable cause) {
        super("The account's access token does not open: its key is missing from CLICKTHREAD_ENCRYPTION_KEY", cause);
    }
}
