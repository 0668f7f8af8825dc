package io.labelworth.analytics.http;

/**
 * An error as RFC 9457 describes it.
 *
 * @param title what kind of error
 * @param status HTTP status
 * @param detail one line for the reader; never a stack trace
 */
record Problem(String title, int status, String detail) {

    static final String CONTENT_TYPE = "application/problem+json";
}
