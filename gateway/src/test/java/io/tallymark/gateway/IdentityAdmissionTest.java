package io.tallymark.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandEncoder;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ExternalIdentity;
import io.tallymark.protocol.Framing;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Outside identities through the binary port: what comes into the engine, and what is told to nobody. */
@Timeout(60)
class IdentityAdmissionTest {
    private static final String EXTERNAL_ID = "oXq-7-open-id-of-somebody";
    private static final byte[] KEY = new byte[IdentityKeys.KEY_BYTES];

    private final FakePort port = new FakePort(2);
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private Gateway gateway;

    @AfterEach
    void closeAll() throws InterruptedException {
        port.close();
        gateway.close();
    }

    private Wire serve(final IdentityKeys keys) throws Exception {
        gateway = Gateway.start(GatewayOptions.onLoopback().withIdentityKeys(keys), port);
        port.ledger = (command, outcome) -> {
            final byte[] hashes = new byte[command.length(VarField.IDENTITY)];
            command.bytes().getBytes(command.offset(VarField.IDENTITY), hashes);
            final byte[] all = new byte[command.bytes().capacity()];
            command.bytes().getBytes(0, all);
            assertFalse(new String(all, StandardCharsets.ISO_8859_1).contains("somebody"));
            seen.add(command.text(VarField.IDENTITY_CHANNEL) + " "
                    + HexFormat.of().formatHex(hashes));
            outcome.code = ResultCode.ACCEPTED;
        };
        port.serve(gateway);
        return new Wire(gateway.binaryAddress());
    }

    private static byte[] accrual() {
        final Command command = new Command()
                .reset(CommandType.ACCRUE)
                .correlationId(5)
                .amountMinor(100)
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, "pos")
                .put(VarField.DOCUMENT_ID, "d-1");
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[1_024]);
        final int length =
                new CommandEncoder().encode(command, new ExternalIdentity().set("wechat", EXTERNAL_ID), frame, 12);
        Framing.putHeader(frame, 0, 12 + length, 1);
        Framing.putMessageLength(frame, 8, length);
        return Arrays.copyOf(frame.byteArray(), 12 + length);
    }

    private static String hmac(final byte[] key) throws Exception {
        final Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (final String text : new String[] {"mima", "wechat", EXTERNAL_ID}) {
            mac.update((byte) text.length());
            mac.update(text.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(Arrays.copyOf(mac.doFinal(), 16));
    }

    @Test
    void theEngineGetsTheHashesOfAllKeysAndNothingElse() throws Exception {
        final byte[] older = KEY.clone();
        older[0] = 1;
        try (Wire wire = serve(IdentityKeys.none().and(2, KEY).and(1, older))) {
            wire.send(accrual());
            assertEquals(ResultCode.ACCEPTED, wire.next().code);
            assertEquals(List.of("wechat 02" + hmac(KEY) + "01" + hmac(older)), seen);
        }
    }

    @Test
    void aGatewayWithoutKeysTakesNoIdentitiesAndDoesNotRepeatThem() throws Exception {
        try (Wire wire = serve(null)) {
            wire.send(accrual());
            final Reply reply = wire.next();
            assertEquals(ResultCode.MALFORMED, reply.code);
            assertEquals(5, reply.correlationId);
            assertEquals("identity: not taken here", reply.detail());
            assertEquals(List.of(), seen);
        }
    }
}
