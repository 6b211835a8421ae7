package io.tallymark.gateway.http;

import io.tallymark.protocol.ResultCode;
import java.nio.charset.StandardCharsets;

/** The statuses that are given here, each with its first line as bytes. */
enum HttpStatus {
    OK(200, "OK"),
    BAD_REQUEST(400, "Bad Request"),
    NOT_FOUND(404, "Not Found"),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
    REQUEST_TIMEOUT(408, "Request Timeout"),
    CONFLICT(409, "Conflict"),
    LENGTH_REQUIRED(411, "Length Required"),
    PRECONDITION_FAILED(412, "Precondition Failed"),
    CONTENT_TOO_LARGE(413, "Content Too Large"),
    URI_TOO_LONG(414, "URI Too Long"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type"),
    EXPECTATION_FAILED(417, "Expectation Failed"),
    UNPROCESSABLE_CONTENT(422, "Unprocessable Content"),
    TOO_MANY_REQUESTS(429, "Too Many Requests"),
    HEADER_FIELDS_TOO_LARGE(431, "Request Header Fields Too Large"),
    NOT_IMPLEMENTED(501, "Not Implemented"),
    SERVICE_UNAVAILABLE(503, "Service Unavailable"),
    VERSION_NOT_SUPPORTED(505, "HTTP Version Not Supported");

    private final int number;
    private final byte[] statusLine;

    HttpStatus(final int number, final String reason) {
        this.number = number;
        this.statusLine = ("HTTP/1.1 " + number + " " + reason + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** What a result code becomes. Only a query looks for something, so only there a missing thing is a 404. */
    static HttpStatus of(final ResultCode code, final boolean isQuery) {
        return switch (code.kind()) {
            case ACCEPTED -> OK;
            case MALFORMED ->
                switch (code) {
                    case FRAME_TOO_LARGE -> CONTENT_TOO_LARGE;
                    case PROGRAM_INVALID -> UNPROCESSABLE_CONTENT;
                    default -> BAD_REQUEST;
                };
            case OVERLOAD -> code == ResultCode.BUSY ? TOO_MANY_REQUESTS : SERVICE_UNAVAILABLE;
            case REJECTED ->
                switch (code) {
                    case IDEMPOTENCY_CONFLICT -> CONFLICT;
                    case VERSION_CONFLICT -> isQuery ? NOT_FOUND : PRECONDITION_FAILED;
                    case UNKNOWN_PROGRAM,
                            UNKNOWN_MEMBER,
                            IDENTITY_UNKNOWN,
                            NOT_OFFERED,
                            ORIGINAL_NOT_FOUND,
                            HOLD_NOT_FOUND -> isQuery ? NOT_FOUND : UNPROCESSABLE_CONTENT;
                    default -> UNPROCESSABLE_CONTENT;
                };
        };
    }

    /** Seconds after which the same request may be sent again; 0: not unchanged, or not before somebody acted. */
    static int retryAfterSeconds(final ResultCode code) {
        return switch (code) {
            case BUSY -> 1;
            case SHUTTING_DOWN -> 5;
            case CLOCK_UNCONFIRMED, CAPACITY -> 60;
            default -> 0;
        };
    }

    int number() {
        return number;
    }

    /** The first line of a response; not to be written to. */
    byte[] statusLine() {
        return statusLine;
    }
}
