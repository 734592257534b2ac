package io.clickthread.simulator;

/**
 * A click, ready to be delivered.
 *
 * @param order     what it is like
 * @param body      the webhook, byte by byte
 * @param signature the value of {@code X-Hub-Signature-256}
 */
public record SimulatedClick(ClickOrder order, byte[] body, String signature) {

    /**
     * How often the webhook is delivered.
     *
     * @return 1, or 2 for a duplicate
     */
    public int times() {
        return order.times();
    }

    @Override
    public String toString() {
        return "SimulatedClick[" + order.people().size() + "]";
    }
}
