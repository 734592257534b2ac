import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The benchmark's requests as the bytes that travel, in the shapes and sizes of Meta's documentation. Everything in
 * them follows from a number: the same one always makes the same ids, two never make the same.
 */
final class Requests {

    /** How many people there are who clicked before the clock starts; they have the numbers from 0. */
    static final int CONTACTS = 5_000;

    private static final String FILLER = "KkLbRiJVfBAyzOqDtPmeWXaHgUxNsCwYvQ2T0Z8n6j4M-r_dlG1c3o5E7p9IuSkFhB";

    private final long series;
    private final String number;
    private final String key;
    private final Mac mac;

    /** A request, with the numbers of the clicks in it, or of its conversion; count 0: nothing to look for. */
    record Call(byte[] bytes, long first, int count) {
    }

    /**
     * Of one scenario.
     *
     * @param series tells the ids of one scenario from those of others, 1 to 9
     * @param number the phone number id that messages are for
     * @param secret signs webhooks
     * @param key    opens the API
     */
    Requests(int series, String number, String secret, String key) throws GeneralSecurityException {
        this.series = series;
        this.number = number;
        this.key = key;
        this.mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    }

    /** A webhook in which each message comes from an ad. */
    Call clicks(long first, int count) {
        String messages = LongStream.range(first, first + count).mapToObj(n -> """
                {"referral":{"source_url":"https://fb.me/3cr4Wqqkv","source_id":"120226305854810726","source_type":"ad",\
                "body":"Summer succulents are here!","headline":"Chat with us","media_type":"image",\
                "image_url":"https://scontent.xx.fbcdn.net/v/t45.1%s","ctwa_clid":"%s"},"from":"%s","id":"%s",\
                "timestamp":"%d","text":{"body":"Hello! Can I get more info on this?"},"type":"text"}"""
                .formatted(FILLER, clickId(n), phone(n), messageId(n), now())).collect(Collectors.joining(","));
        return webhook(contacts(first, count) + ",\"messages\":[" + messages + "]", first, count);
    }

    /** A message of somebody who is known. */
    Call organic(long n) {
        return webhook(contacts(n % CONTACTS, 1) + """
                ,"messages":[{"from":"%s","id":"%s","timestamp":"%d","text":{"body":"Is it still in stock?"},\
                "type":"text"}]""".formatted(phone(n % CONTACTS), messageId(n), now()), 0, 0);
    }

    /** What became of a message that the business sent. */
    Call status(long n) {
        return webhook("""
                "statuses":[{"id":"%s","status":"delivered","timestamp":"%d","recipient_id":"%s","conversation":\
                {"id":"%s","origin":{"type":"service"}},"pricing":{"billable":false,"pricing_model":"PMP",\
                "category":"service"}}]""".formatted(messageId(n), now(), phone(n % CONTACTS), hex(n)), 0, 0);
    }

    private String contacts(long first, int count) {
        return LongStream.range(first, first + count).mapToObj(n ->
                "{\"profile\":{\"name\":\"Sheena Nelson\"},\"wa_id\":\"" + phone(n) + "\"}")
                .collect(Collectors.joining(",", "\"contacts\":[", "]"));
    }

    private Call webhook(String content, long first, int count) {
        byte[] body = """
                {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"value":\
                {"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",\
                "phone_number_id":"%s"},%s},"field":"messages"}]}]}"""
                .formatted(number, content).getBytes(StandardCharsets.UTF_8);
        return new Call(request("/webhooks/meta",
                "X-Hub-Signature-256: sha256=" + HexFormat.of().formatHex(mac.doFinal(body)), body), first, count);
    }

    /** A sale to somebody who clicked. */
    Call conversion(String account, long n) {
        byte[] body = """
                {"accountId":"%s","phoneE164":"%s","eventName":"Purchase","eventId":"%s","value":49.90,"currency":"USD"}"""
                .formatted(account, phone(n % CONTACTS), eventId(n)).getBytes(StandardCharsets.UTF_8);
        return new Call(request("/api/v1/whatsapp/conversions", "Authorization: Bearer " + key, body), n, 1);
    }

    private byte[] request(String path, String header, byte[] body) {
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: facebookexternalua\r\n"
                + "Accept: */*\r\nContent-Type: application/json\r\n" + header + "\r\nContent-Length: " + body.length
                + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    String messageId(long n) {
        return "wamid.HBgNNTU1MDc4Mzg4MRUCABIYFDNB" + hex(n) + "QTIzNA==";
    }

    String clickId(long n) {
        return "ARA" + FILLER + hex(-1 - n);
    }

    String eventId(long n) {
        return "order-" + hex(n);
    }

    /** Every number another one, in no order. */
    String phone(long n) {
        return "1555%010d".formatted(number(n) * 387_420_489L % 10_000_000_000L); // 3^18 and 10^10 have no factor in common
    }

    /** Every number other digits, in no order: the steps of this mixing can be taken back. */
    private String hex(long n) {
        long mixed = n < 0 ? -number(-1 - n) : number(n);
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return HexFormat.of().toHexDigits(mixed ^ mixed >>> 31);
    }

    private long number(long n) {
        return series * 1_000_000_000L + n;
    }

    private static long now() {
        return System.currentTimeMillis() / 1_000;
    }
}
