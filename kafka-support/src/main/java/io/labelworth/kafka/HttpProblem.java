package io.labelworth.kafka;

/**
 * An error as RFC 9457 describes it.
 *
 * @param title what kind of error
 * @param status HTTP status
 * @param detail one line for the reader; never a stack trace
 */
public record HttpProblem(String title, int status, String detail) {

    static final String CONTENT_TYPE = "application/problem+json";
}
