/** The HTTP port beside a bare Netty server, under the same requests in the same run. */
package io.tallymark.bench.http;
