package io.tallymark.gateway.http;

/** What can be wrong with a request before its content matters. The name is the stable code. */
enum HttpFault {
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "the request is not HTTP/1.1 as this server takes it"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "there is nothing at this path"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "this path knows other methods"),
    REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "the body did not come in time"),
    LENGTH_REQUIRED(HttpStatus.LENGTH_REQUIRED, "a body needs Content-Length or chunks"),
    CONTENT_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "a body has at most 262144 bytes"),
    URI_TOO_LONG(HttpStatus.URI_TOO_LONG, "the first line is too long"),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "a body is application/json, a program application/yaml, in UTF-8 and not encoded"),
    EXPECTATION_FAILED(HttpStatus.EXPECTATION_FAILED, "only 100-continue can be expected"),
    HEADER_TOO_LARGE(HttpStatus.HEADER_FIELDS_TOO_LARGE, "the header is too long"),
    TRANSFER_CODING_UNKNOWN(HttpStatus.NOT_IMPLEMENTED, "the only transfer coding is chunked"),
    VERSION_NOT_SUPPORTED(HttpStatus.VERSION_NOT_SUPPORTED, "this is HTTP/1.1");

    private final HttpStatus status;
    private final String meaning;

    HttpFault(final HttpStatus status, final String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    HttpStatus status() {
        return status;
    }

    /** One clause for people. */
    String meaning() {
        return meaning;
    }
}
