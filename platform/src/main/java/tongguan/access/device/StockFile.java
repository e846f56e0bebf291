package tongguan.access.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tongguan.base.CsvTable;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tongguan.fleet.ApnAddress;
import tongguan.fleet.DeviceKind;
import tongguan.fleet.Iccid;
import tongguan.fleet.Imei;
import tongguan.fleet.Imsi;
import tongguan.fleet.Mac;
import tongguan.fleet.Msisdn;
import tongguan.fleet.NewDevice;
import tongguan.fleet.NewSim;
import tongguan.fleet.Parsed;
import tongguan.fleet.Serial;
import tongguan.fleet.Stock;

/**
 * A file of devices and their SIMs, one device a row, or of SIMs alone, read row by row: each row
 * is good by itself, or it says which of its values is not and what was expected.
 */
final class StockFile {
  /** What a file is of. */
  enum Of {
    DEVICES(
        Set.of("serial", "kind", "unit"),
        Set.of("model", "imei", "macs", "iccid", "imsi", "msisdn", "address")),
    SIMS(Set.of("iccid", "imsi", "msisdn", "address", "unit"), Set.of());

    private final Set<String> needed;
    private final Set<String> optional;

    Of(Set<String> needed, Set<String> optional) {
      this.needed = needed;
      this.optional = optional;
    }
  }

  /** A value of a row that is not as expected. */
  record Fault(String column, String value, Texts expected) {}

  /** A row as it was read; with faults there is nothing in it to go by. */
  record Row(int number, Stock.Pair pair, List<Fault> faults) {
    Row {
      faults = List.copyOf(faults);
    }

    Row refused(List<Fault> why) {
      return new Row(number, pair, why);
    }
  }

  private static final Texts NEEDED = new Texts("此欄必填", "a value, which is missing");
  private static final Set<String> SIM = Set.of("iccid", "imsi", "msisdn", "address");

  private final Of of;
  private final Set<String> units;
  private final List<String> names;

  private StockFile(Of of, Set<String> units, List<String> names) {
    this.of = of;
    this.units = units;
    this.names = names;
  }

  /**
   * @param units the codes of those within the officer's reach
   * @throws Problem where it is not a table with the columns that are needed
   */
  static List<Row> read(String text, Of of, Set<String> units, boolean chinese) {
    CsvTable.Read read =
        CsvTable.read(
            text,
            Limits.STOCK_FILE_ROWS,
            Limits.STOCK_FILE_COLUMNS,
            Limits.STOCK_FILE_CELL_CHARACTERS);
    return switch (read) {
      case CsvTable.Read.Broken(int row, Texts expected) ->
          throw broken(row, "", expected, chinese);
      case CsvTable.Read.Table(List<String> header, List<CsvTable.Row> rows) -> {
        List<String> names = header.stream().map(StockFile::name).toList();
        refuseHeader(names, of, chinese);
        StockFile file = new StockFile(of, units, names);
        yield rows.stream().map(file::row).toList();
      }
    };
  }

  private static String name(String typed) {
    return typed.strip().toLowerCase(Locale.ROOT);
  }

  private static void refuseHeader(List<String> names, Of of, boolean chinese) {
    for (String name : names) {
      boolean known = of.needed.contains(name) || of.optional.contains(name);
      if (!known || names.indexOf(name) != names.lastIndexOf(name)) {
        throw broken(
            1,
            name,
            new Texts("欄位名稱各一次：" + columns(of), "columns, each once, of " + columns(of)),
            chinese);
      }
    }
    for (String needed : of.needed) {
      if (!names.contains(needed)) {
        throw broken(1, needed, new Texts("必要欄位：" + needed, "the column " + needed), chinese);
      }
    }
  }

  private static String columns(Of of) {
    java.util.TreeSet<String> all = new java.util.TreeSet<>(of.needed);
    all.addAll(of.optional);
    return String.join(", ", all);
  }

  private static Problem broken(int row, String column, Texts expected, boolean chinese) {
    return Problem.badRequest(
            "stock-file", "檔案格式不符，無法讀取。", "The file is not a table that can be read.")
        .with("row", row)
        .with("column", column)
        .with("expected", expected.in(chinese));
  }

  /** Reads the cells of one row, and notes what is wrong with them. */
  private final class Cells {
    private final Map<String, String> values = new HashMap<>();
    private final List<Fault> faults = new ArrayList<>();

    String text(String column) {
      return values.getOrDefault(column, "").strip();
    }

    boolean has(String column) {
      return !text(column).isEmpty();
    }

    void fault(String column, Texts expected) {
      faults.add(new Fault(column, text(column), expected));
    }

    <T> @Nullable T needed(String column, Function<String, Parsed<T>> parse) {
      if (!has(column)) {
        fault(column, NEEDED);
        return null;
      }
      return switch (parse.apply(text(column))) {
        case Parsed.Good<T>(T value) -> value;
        case Parsed.Bad<T>(Texts expected) -> {
          fault(column, expected);
          yield null;
        }
      };
    }

    <T> @Nullable T optional(String column, Function<String, Parsed<T>> parse) {
      return has(column) ? needed(column, parse) : null;
    }
  }

  private Row row(CsvTable.Row row) {
    Cells cells = new Cells();
    if (row.cells().size() != names.size()) {
      cells.faults.add(
          new Fault(
              "",
              String.valueOf(row.cells().size()),
              new Texts(names.size() + " 格", names.size() + " cells")));
      return new Row(row.number(), new Stock.Pair(null, null), cells.faults);
    }
    for (int i = 0; i < names.size(); i++) {
      cells.values.put(names.get(i), row.cells().get(i));
      if (row.cells().get(i).indexOf('\uFFFD') >= 0) {
        cells.fault(names.get(i), new Texts("UTF-8 編碼之文字", "text that is encoded in UTF-8"));
      }
    }
    String unit = unit(cells);
    NewDevice device = of == Of.DEVICES ? device(cells, unit) : null;
    boolean withSim = of == Of.SIMS || SIM.stream().anyMatch(cells::has);
    NewSim sim = withSim ? sim(cells, unit) : null;
    return new Row(row.number(), new Stock.Pair(device, sim), cells.faults);
  }

  private String unit(Cells cells) {
    String unit =
        cells.needed(
            "unit",
            typed ->
                Optional.of(typed.toUpperCase(Locale.ROOT)).filter(units::contains).isPresent()
                    ? new Parsed.Good<>(typed.toUpperCase(Locale.ROOT))
                    : Parsed.bad("管轄內之單位代碼", "code of a unit within reach"));
    return unit == null ? "" : unit;
  }

  private @Nullable NewDevice device(Cells cells, String unit) {
    Serial serial = cells.needed("serial", Serial::parse);
    DeviceKind kind = cells.needed("kind", DeviceKind::parse);
    String model = cells.optional("model", StockFile::model);
    Imei imei = cells.optional("imei", Imei::parse);
    List<Mac> macs = cells.optional("macs", StockFile::macs);
    return serial == null || kind == null
        ? null
        : new NewDevice(
            serial, kind, model == null ? "" : model, unit, imei, macs == null ? List.of() : macs);
  }

  private static Parsed<String> model(String typed) {
    return typed.length() <= DeviceInput.MODEL && typed.chars().noneMatch(Character::isISOControl)
        ? new Parsed.Good<>(typed)
        : Parsed.bad(
            "型號：至多 %d 字".formatted(DeviceInput.MODEL),
            "a model of at most %d characters".formatted(DeviceInput.MODEL));
  }

  /** Several in one cell, with blanks, semicolons or bars between them. */
  private static Parsed<List<Mac>> macs(String typed) {
    List<Mac> macs = new ArrayList<>();
    for (String one : typed.split("[\\s;|]+", -1)) {
      switch (Mac.parse(one)) {
        case Parsed.Good<Mac>(Mac mac) -> {
          if (!macs.contains(mac)) {
            macs.add(mac);
          }
        }
        case Parsed.Bad<Mac>(Texts expected) -> {
          return new Parsed.Bad<>(expected);
        }
      }
    }
    return macs.size() <= Limits.MACS_OF_DEVICE
        ? new Parsed.Good<>(macs)
        : Parsed.bad(
            "至多 %d 個 MAC 位址".formatted(Limits.MACS_OF_DEVICE),
            "at most %d MAC addresses".formatted(Limits.MACS_OF_DEVICE));
  }

  /** All of a SIM's values or none. */
  private static @Nullable NewSim sim(Cells cells, String unit) {
    Iccid iccid = cells.needed("iccid", Iccid::parse);
    Imsi imsi = cells.needed("imsi", Imsi::parse);
    Msisdn msisdn = cells.needed("msisdn", Msisdn::parse);
    ApnAddress address = cells.needed("address", ApnAddress::parse);
    return iccid == null || imsi == null || msisdn == null || address == null
        ? null
        : new NewSim(iccid, imsi, msisdn, address, unit);
  }
}
