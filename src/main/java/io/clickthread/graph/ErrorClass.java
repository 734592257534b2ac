package io.clickthread.graph;

/** Whose fault an error of the Graph API is, and so what has to change before the same call can pass. */
public enum ErrorClass {
    /** The event that was sent; it would be refused again. */
    EVENT,
    /** Too many calls; the same one passes later. */
    CALLS,
    /** Meta itself; the same call passes later. */
    OUTAGE,
    /** The access token. */
    TOKEN,
    /** A permission of the token, the app or the business. */
    PERMISSION,
    /** A decision of Meta's about the app or the business. */
    POLICY,
    /** The dataset or another id in the address. */
    DATASET,
    /** The version or the path of the address. */
    VERSION,
    /** Not to be told from the numbers. */
    UNEXPLAINED
}
