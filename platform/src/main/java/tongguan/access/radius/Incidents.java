package tongguan.access.radius;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.audit.Audit;
import tongguan.base.Ids;

/** Writes down what went against the rules, in the transaction of what came of it. */
final class Incidents {
  private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);

  private final Audit audit;
  private final Ids ids;
  private final MeterRegistry registry;

  Incidents(Audit audit, Ids ids, MeterRegistry registry) {
    this.audit = audit;
    this.ids = ids;
    this.registry = registry;
  }

  /** Two statements, however many they are. */
  void write(Connection tx, List<Incident> incidents) throws SQLException {
    if (incidents.isEmpty()) {
      return;
    }
    audit.write(tx, incidents.stream().map(Incident::entry).toList());
    RefusalStore.add(tx, ids, incidents);
    for (Incident incident : incidents) {
      registry
          .counter("radius_incidents", "act", incident.act(), "reason", incident.reason().code())
          .increment();
      if (incident.isAlarm()) {
        LOG.warn(
            "alarm: {} of SIM {} at gateway {}",
            incident.reason().code(),
            incident.sim().map(Object::toString).orElse("that is not ours"),
            incident.gateway().name());
      }
    }
  }
}
