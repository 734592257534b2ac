package io.clickthread.conversion;

/**
 * A conversion for the background.
 *
 * @param fields  a map or JSON object with the fields of {@code POST /whatsapp/conversions}, {@code accountId} among them
 * @param options how it is to be taken
 */
public record QueuedConversion(Object fields, IntakeOptions options) {

    @Override
    public String toString() {
        return "QueuedConversion"; // it holds what is personal
    }
}
