/** The append-only journal on Chronicle Queue: frames, force, watermark, read back, verification. */
package io.tallymark.journal;
