/**
 * The HTTP/1.1 front. It translates: a JSON body becomes the message that the binary front would have received, goes
 * through the same {@link io.tallymark.protocol.CommandDecoder} into the same ring, and the reply message becomes JSON.
 */
package io.tallymark.gateway.http;
