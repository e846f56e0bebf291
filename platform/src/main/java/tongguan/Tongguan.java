package tongguan;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import tongguan.base.StartFailure;
import tongguan.exchange.sending.ImportVerb;

/**
 * Reads the verb of the command line. The launcher script knows the verbs that need no platform.
 */
public final class Tongguan {
  private Tongguan() {}

  public static void main(String[] arguments) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(run(Arrays.asList(arguments), System.out, System.err));
  }

  /**
   * Returns the exit code: 0, 1 where the machine or the data is at fault, 2 for the command line.
   */
  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    try {
      if (arguments.isEmpty()) {
        throw StartFailure.usage("Which verb? See ./tongguan --help.");
      }
      List<String> rest = arguments.subList(1, arguments.size());
      return switch (arguments.getFirst()) {
        case "run" -> Run.run(Settings.of(rest, System.getenv()), out);
        case "import" -> ImportVerb.run(rest, System.getenv(), out);
        case "audit" -> AuditAdministration.run(rest, System.getenv(), out);
        case "authority" -> AuthorityAdministration.run(rest, System.getenv(), out);
        case "sender" -> Administration.run("sender", rest, System.getenv(), out);
        case "account" -> Administration.run("account", rest, System.getenv(), out);
        case "gateway" -> Administration.run("gateway", rest, System.getenv(), out);
        case "permissions" -> Training.permissions(Settings.of(rest, System.getenv()), out);
        case "train" -> Training.run(Settings.of(rest, System.getenv()));
        default ->
            throw StartFailure.usage(
                "There is no verb \"" + arguments.getFirst() + "\"; see ./tongguan --help.");
      };
    } catch (StartFailure failure) {
      err.println(failure.getMessage());
      return failure.exitCode();
    } catch (RuntimeException fault) {
      LoggerFactory.getLogger(Tongguan.class).error("a fault of our own", fault);
      err.println(
          "Tongguan has to stop because of a fault of its own; the log line above says which.");
      return StartFailure.ENVIRONMENT;
    }
  }
}
