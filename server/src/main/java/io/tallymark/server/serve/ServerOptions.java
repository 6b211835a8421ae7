package io.tallymark.server.serve;

import io.tallymark.engine.EngineOptions;
import io.tallymark.gateway.GatewayOptions;
import java.nio.file.Path;

/**
 * What a server is started with.
 *
 * @param dataFolder         owned by this process while it runs
 * @param programsFolder     program files to publish at the start; null: none
 * @param engine             the engine's part
 * @param gateway            the gateway's part
 * @param identityKeysFile   keys for outside identities; null: {@code identity.keys} in the data folder, made where it is
 *                           not there
 * @param hashRecoveredState whether the state is scanned for its hash after recovery, before anything is served
 */
public record ServerOptions(
        Path dataFolder,
        Path programsFolder,
        EngineOptions engine,
        GatewayOptions gateway,
        Path identityKeysFile,
        boolean hashRecoveredState) {}
