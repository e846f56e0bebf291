package tongguan.access.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tongguan.access.device.StockFile.Fault;
import tongguan.access.device.StockFile.Row;
import tongguan.access.operation.Draft;
import tongguan.base.Problem.Texts;
import tongguan.fleet.ApnAddress;
import tongguan.fleet.Mac;
import tongguan.fleet.NewDevice;
import tongguan.fleet.NewSim;
import tongguan.fleet.Parsed;
import tongguan.fleet.Stock;
import tongguan.fleet.Stock.KnownDevice;
import tongguan.fleet.Stock.KnownSim;

/**
 * What would become of each row of a file: added, known already just so, or refused with the value
 * that is in the way. Nothing of a file is in none of the three.
 */
final class StockReport implements Draft.Report {
  private static final int LONGEST_VALUE = 60;

  /** Row by row. */
  enum Outcome {
    ADDED,
    KNOWN,
    REFUSED
  }

  private record Line(Row row, Outcome outcome) {}

  private final List<Line> lines;

  private StockReport(List<Line> lines) {
    this.lines = lines;
  }

  /** The rows of a file beside the registry. */
  static StockReport of(List<Row> rows, Stock.Known known, Set<String> units) {
    Comparison comparison = new Comparison(known, units);
    Twins twins = new Twins();
    return new StockReport(
        rows.stream()
            .map(row -> row.faults().isEmpty() ? row.refused(twins.of(row)) : row)
            .map(comparison::line)
            .toList());
  }

  List<Stock.Pair> toAdd() {
    return lines.stream()
        .filter(line -> line.outcome() == Outcome.ADDED)
        .map(line -> line.row().pair())
        .toList();
  }

  long count(Outcome outcome) {
    return lines.stream().filter(line -> line.outcome() == outcome).count();
  }

  int rows() {
    return lines.size();
  }

  @Override
  public Map<String, Object> in(boolean chinese) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("rows", rows());
    report.put("added", count(Outcome.ADDED));
    report.put("known", count(Outcome.KNOWN));
    report.put("refused", count(Outcome.REFUSED));
    report.put("items", lines.stream().map(line -> item(line, chinese)).toList());
    return report;
  }

  private static Map<String, Object> item(Line line, boolean chinese) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("row", line.row().number());
    item.put("outcome", line.outcome().name().toLowerCase(java.util.Locale.ROOT));
    NewDevice device = line.row().pair().device();
    if (device != null) {
      item.put("serial", device.serial().text());
    }
    NewSim sim = line.row().pair().sim();
    if (sim != null) {
      item.put("iccid", sim.iccid().text());
    }
    if (!line.row().faults().isEmpty()) {
      item.put("faults", line.row().faults().stream().map(fault -> fault(fault, chinese)).toList());
    }
    return item;
  }

  private static Map<String, String> fault(Fault fault, boolean chinese) {
    String value = fault.value();
    return Map.of(
        "column",
        fault.column(),
        "value",
        value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value,
        "expected",
        fault.expected().in(chinese));
  }

  /** Values that must be unique, by the first row that has them. */
  private static final class Twins {
    private final Map<Unique, Integer> first = new HashMap<>();

    private record Unique(String column, String value) {}

    List<Fault> of(Row row) {
      List<Fault> faults = new ArrayList<>();
      for (Unique unique : uniques(row.pair())) {
        Integer before = first.putIfAbsent(unique, row.number());
        if (before != null) {
          faults.add(
              new Fault(
                  unique.column(),
                  unique.value(),
                  new Texts("不與第 %d 列重複".formatted(before), "another than in row " + before)));
        }
      }
      return faults;
    }

    private static List<Unique> uniques(Stock.Pair pair) {
      List<Unique> values = new ArrayList<>();
      NewDevice device = pair.device();
      if (device != null) {
        values.add(new Unique("serial", device.serial().text()));
        if (device.imei() != null) {
          values.add(new Unique("imei", device.imei().text()));
        }
        device.macs().forEach(mac -> values.add(new Unique("macs", mac.text())));
      }
      NewSim sim = pair.sim();
      if (sim != null) {
        values.add(new Unique("iccid", sim.iccid().text()));
        values.add(new Unique("imsi", sim.imsi().text()));
        values.add(new Unique("msisdn", sim.msisdn().text()));
        values.add(new Unique("address", sim.address().text()));
      }
      return values;
    }
  }

  /** Rows against what the registry has. */
  private static final class Comparison {
    private static final Texts FREE =
        new Texts("未屬於其他設備或 SIM 卡之值", "a value that no other device or SIM has");

    private final Set<String> units;
    private final Map<String, KnownDevice> serials;
    private final Map<String, KnownSim> iccids;
    private final Set<String> taken = new HashSet<>();

    Comparison(Stock.Known known, Set<String> units) {
      this.units = units;
      this.serials = by(known.devices(), KnownDevice::serial);
      this.iccids = by(known.sims(), KnownSim::iccid);
      for (KnownDevice device : known.devices()) {
        if (device.imei() != null) {
          taken.add("imei " + device.imei());
        }
        device.macs().forEach(mac -> taken.add("macs " + mac));
      }
      for (KnownSim sim : known.sims()) {
        taken.add("imsi " + sim.imsi());
        taken.add("msisdn " + sim.msisdn());
        taken.add("address " + address(sim));
      }
    }

    private static <T> Map<String, T> by(List<T> all, Function<T, String> key) {
      Map<String, T> map = new HashMap<>();
      all.forEach(one -> map.put(key.apply(one), one));
      return map;
    }

    private static String address(KnownSim sim) {
      return switch (ApnAddress.parse(sim.address())) {
        case Parsed.Good<ApnAddress>(ApnAddress value) -> value.text();
        case Parsed.Bad<ApnAddress> other -> sim.address();
      };
    }

    Line line(Row row) {
      if (!row.faults().isEmpty()) {
        return new Line(row, Outcome.REFUSED);
      }
      List<Fault> faults = new ArrayList<>();
      NewDevice device = row.pair().device();
      NewSim sim = row.pair().sim();
      boolean known = true;
      if (device != null) {
        known = isKnown(device, faults);
      }
      if (sim != null) {
        known &=
            device != null && known ? sitsIn(device, sim, faults) : isKnown(sim, device, faults);
      }
      if (!faults.isEmpty()) {
        return new Line(row.refused(faults), Outcome.REFUSED);
      }
      return new Line(row, known ? Outcome.KNOWN : Outcome.ADDED);
    }

    /** Just so; where it is there otherwise, or its values are another's, that is a fault. */
    private boolean isKnown(NewDevice device, List<Fault> faults) {
      KnownDevice there = serials.get(device.serial().text());
      String imei = device.imei() == null ? "" : device.imei().text();
      if (there != null) {
        if (!units.contains(there.unit())) {
          faults.add(new Fault("serial", device.serial().text(), FREE));
          return true;
        }
        differs("kind", device.kind().code(), there.kind(), faults);
        differs("model", device.model(), there.model(), faults);
        differs("unit", device.unit(), there.unit(), faults);
        differs("imei", imei, there.imei() == null ? "" : there.imei(), faults);
        differs(
            "macs",
            String.join(" ", device.macs().stream().map(Mac::text).sorted().toList()),
            String.join(" ", there.macs().stream().sorted().toList()),
            faults);
        return true;
      }
      takenFault("imei", imei, faults);
      device.macs().forEach(mac -> takenFault("macs", mac.text(), faults));
      return false;
    }

    private static void differs(String column, String value, String there, List<Fault> faults) {
      if (!value.equals(there)) {
        faults.add(
            new Fault(
                column, value, new Texts("與登錄相同：" + there, "as it is in the registry: " + there)));
      }
    }

    private void takenFault(String column, String value, List<Fault> faults) {
      if (taken.contains(column + ' ' + value)) {
        faults.add(new Fault(column, value, FREE));
      }
    }

    /** Whether the device that is known has this SIM in it. */
    private boolean sitsIn(NewDevice device, NewSim sim, List<Fault> faults) {
      KnownDevice there = serials.get(device.serial().text());
      KnownSim known = iccids.get(sim.iccid().text());
      if (there == null || !sim.iccid().text().equals(there.iccid()) || known == null) {
        faults.add(
            new Fault(
                "iccid",
                sim.iccid().text(),
                new Texts(
                    "已登錄設備之 SIM 卡，或空白；請另行配對",
                    "the SIM that sits in this known device, or none: pair it by itself")));
        return true;
      }
      same(sim, known, faults);
      return true;
    }

    /** A SIM that is there just so is put into the new device, where it sits in none. */
    private boolean isKnown(NewSim sim, @Nullable NewDevice device, List<Fault> faults) {
      KnownSim there = iccids.get(sim.iccid().text());
      if (there == null) {
        takenFault("imsi", sim.imsi().text(), faults);
        takenFault("msisdn", sim.msisdn().text(), faults);
        takenFault("address", sim.address().text(), faults);
        return false;
      }
      boolean free = units.contains(there.unit()) && !there.state().equals("retired");
      if (!free || (device != null && there.paired())) {
        faults.add(new Fault("iccid", sim.iccid().text(), FREE));
        return true;
      }
      same(sim, there, faults);
      return true;
    }

    private static void same(NewSim sim, KnownSim there, List<Fault> faults) {
      differs("imsi", sim.imsi().text(), there.imsi(), faults);
      differs("msisdn", sim.msisdn().text(), there.msisdn(), faults);
      differs("address", sim.address().text(), address(there), faults);
    }
  }
}
