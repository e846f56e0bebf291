package tongguan.simulator.core;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/** One core system as it serves. */
interface Peer extends AutoCloseable {
  Door door();

  /** What the platform's settings need to know of it. */
  ObjectNode connection();

  @Override
  void close() throws IOException;

  /** What every system is made of. */
  record Parts(CoreOptions options, Books books, Accounts accounts, Faults faults, Path data) {}
}
