package io.clickthread.http;

/**
 * How many bytes the bodies of requests and the answers to them take, and how many they may. It has no lock of its own: all its
 * methods are called under that of {@link Admission}.
 */
final class BodyMemory {

    private static final int SHARE_OF_HEAP = 16; // a body is copied and parsed, so it takes several times its size
    private static final int SHARE_OF_HEAP_PARSED = 4;

    private final long limit;
    private final long parsedLimit = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP_PARSED;
    private long bytes;
    private long unsent;
    private long parsed;

    /**
     * For one server.
     *
     * @param limit   of all bodies and answers; 0 for a share of the heap
     * @param largest of one body
     */
    BodyMemory(long limit, long largest) {
        long share = limit > 0 ? limit : Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
        this.limit = Math.max(share, largest); // or the largest body would never be taken
    }

    boolean hasRoom(long more) {
        return bytes + unsent + more <= limit;
    }

    /** Takes room for bytes of a body; false if there is none. */
    boolean hold(int more) {
        if (!hasRoom(more)) {
            return false;
        }
        bytes += more;
        return true;
    }

    /** Takes room for what is parsed, of which one is always let through; false if there is none. */
    boolean parse(long memory) {
        if (parsed > 0 && parsed + memory > parsedLimit) {
            return false;
        }
        parsed += memory;
        return true;
    }

    /** Gives back what a request held. */
    void release(long held, long heldParsed) {
        bytes -= held;
        parsed -= heldParsed;
    }

    /** Bytes of bodies that are held. */
    long bytes() {
        return bytes;
    }

    /** Bytes of answers that their clients have not taken. */
    long unsent() {
        return unsent;
    }

    /** So many bytes of answers wait more, or, negative, less. */
    void unsent(long more) {
        unsent += more;
    }
}
