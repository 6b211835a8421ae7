/** The network fronts on Netty. */
package io.tallymark.gateway;
