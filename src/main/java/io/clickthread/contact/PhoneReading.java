package io.clickthread.contact;

/**
 * What a person's writing of a phone number comes to: a number, or the reason why it is none.
 *
 * @param digits its digits with country code in the form of today, by which contacts are looked up; null if there is a fault
 * @param fault  why it cannot be told which number is meant and what to write instead, as the rest of a sentence that begins
 *               with the field's name; null if there are digits. It repeats nothing of the text
 */
public record PhoneReading(String digits, String fault) {

    static PhoneReading of(String digits) {
        return new PhoneReading(digits, null);
    }

    static PhoneReading not(String fault) {
        return new PhoneReading(null, fault);
    }

    @Override
    public String toString() {
        return "PhoneReading"; // the rest is a person's
    }
}
