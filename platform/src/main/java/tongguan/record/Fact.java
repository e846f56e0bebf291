package tongguan.record;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongguan.record.key.BillKey;
import tongguan.record.key.ContainerNumber;
import tongguan.record.key.DeclarationNumber;
import tongguan.record.key.VoyageKey;

/**
 * One thing that a message tells. The record's state is a function of the set of facts told so far:
 * applying a fact again changes nothing, and the order of arrival does not matter. An absent value
 * means "not told here", never "none". Weights are gross kilograms unless the name says otherwise.
 */
public sealed interface Fact {

  Told told();

  /** The record that the fact is about, as {@code kind} and {@code key} of the API. */
  String subject();

  String key();

  /** The word for the fact log: what was told of the subject. */
  String what();

  /** A vessel's call or a flight, or one more thing known of it. */
  record Voyage(
      Told told,
      VoyageKey voyage,
      @Nullable String vesselName,
      @Nullable String registration,
      @Nullable String carrier,
      @Nullable String loadPort,
      @Nullable String dischargePort,
      @Nullable String terminal,
      @Nullable Instant eta,
      @Nullable Instant ata,
      @Nullable Instant etd,
      @Nullable Instant atd)
      implements Fact {

    /** A voyage of which nothing but its key is told. */
    public static Voyage named(Told told, VoyageKey voyage) {
      return new Voyage(told, voyage, null, null, null, null, null, null, null, null, null, null);
    }

    @Override
    public String subject() {
      return "voyage";
    }

    @Override
    public String key() {
      return voyage.value();
    }

    @Override
    public String what() {
      return "voyage";
    }
  }

  /**
   * A manifest document as a whole.
   *
   * @param clears whether the document replaces or cancels what it said before, so that bills told
   *     earlier under the same document and not again here are off the manifest
   */
  record Manifest(Told told, String document, VoyageKey voyage, boolean clears) implements Fact {
    @Override
    public String subject() {
      return "voyage";
    }

    @Override
    public String key() {
      return voyage.value();
    }

    @Override
    public String what() {
      return clears ? "manifest-cleared" : "manifest";
    }
  }

  /** The goods under one bill on one voyage: a whole statement, which replaces an older one. */
  record Bill(
      Told told,
      BillKey bill,
      VoyageKey voyage,
      @Nullable String document,
      boolean cancelled,
      @Nullable String goods,
      @Nullable Integer packages,
      @Nullable String packageUnit,
      @Nullable BigDecimal grossKg,
      @Nullable String consignor,
      @Nullable String consignee,
      @Nullable String consigneeCompany,
      @Nullable String notifyParty,
      @Nullable String loadPort,
      @Nullable String dischargePort,
      @Nullable String placeOfDelivery,
      List<Dangerous> dangerous,
      List<Packed> packed)
      implements Fact {

    /** Dangerous goods by IMDG class and UN number. */
    public record Dangerous(@Nullable String hazardClass, @Nullable String unNumber) {}

    /** What of the bill is in one container. */
    public record Packed(
        ContainerNumber container,
        @Nullable String sizeType,
        @Nullable Boolean full,
        @Nullable Integer packages,
        @Nullable BigDecimal grossKg,
        List<String> seals) {}

    @Override
    public String subject() {
      return "bill";
    }

    @Override
    public String key() {
      return bill.value();
    }

    @Override
    public String what() {
      return cancelled ? "bill-cancelled" : "bill";
    }
  }

  /** Where a vessel carries a container (BAPLIE). */
  record Stowage(
      Told told,
      VoyageKey voyage,
      ContainerNumber container,
      @Nullable String sizeType,
      @Nullable String cell,
      @Nullable String loadPort,
      @Nullable String dischargePort,
      @Nullable Boolean full,
      @Nullable BigDecimal grossKg)
      implements Fact {
    @Override
    public String subject() {
      return "container";
    }

    @Override
    public String key() {
      return container.value();
    }

    @Override
    public String what() {
      return "stowage";
    }
  }

  /** A movement of a container at {@code at}; {@code told.at} is when the report was made. */
  record Movement(
      Told told,
      ContainerNumber container,
      MovementKind movement,
      Instant at,
      String place,
      @Nullable String placeTo,
      boolean cancelled,
      @Nullable String sizeType,
      @Nullable Boolean full,
      @Nullable BigDecimal grossKg,
      List<String> seals,
      @Nullable VoyageKey voyage,
      @Nullable BillKey bill,
      @Nullable DeclarationNumber declaration,
      @Nullable String truck)
      implements Fact {
    @Override
    public String subject() {
      return "container";
    }

    @Override
    public String key() {
      return container.value();
    }

    @Override
    public String what() {
      return cancelled ? movement.code() + "-cancelled" : movement.code();
    }
  }

  /**
   * An import or export declaration as lodged or amended: a whole statement, which replaces an
   * older one.
   */
  record Declaration(
      Told told,
      DeclarationNumber declaration,
      Direction direction,
      String declarationKind,
      @Nullable String office,
      @Nullable String trader,
      @Nullable String traderCompany,
      @Nullable String counterparty,
      @Nullable String declarant,
      @Nullable String declarantCompany,
      @Nullable String boxNumber,
      @Nullable VoyageKey voyage,
      @Nullable String loadPort,
      @Nullable String dischargePort,
      @Nullable String origin,
      @Nullable Integer packages,
      @Nullable String packageUnit,
      @Nullable BigDecimal grossKg,
      @Nullable BigDecimal invoiceAmount,
      @Nullable String invoiceCurrency,
      List<Item> items,
      List<BillKey> bills,
      List<ContainerNumber> containers)
      implements Fact {

    /** One line of a declaration (項次). */
    public record Item(
        int line,
        String commodityCode,
        String description,
        @Nullable String origin,
        @Nullable BigDecimal quantity,
        @Nullable String unit,
        @Nullable BigDecimal netKg,
        @Nullable BigDecimal amount,
        @Nullable String currency) {}

    @Override
    public String subject() {
      return "declaration";
    }

    @Override
    public String key() {
      return declaration.value();
    }

    @Override
    public String what() {
      return "declaration";
    }
  }

  /** A step of a declaration's clearance at {@code told.at}. */
  record Step(
      Told told,
      DeclarationNumber declaration,
      StepKind step,
      @Nullable String reference,
      @Nullable Channel channel,
      @Nullable String reason,
      @Nullable BigDecimal amount,
      @Nullable String currency,
      @Nullable Instant due,
      List<Detail> details)
      implements Fact {

    /** One line of what a step says: a missing document, a tax and its amount, an error. */
    public record Detail(String code, @Nullable String text, @Nullable BigDecimal amount) {}

    @Override
    public String subject() {
      return "declaration";
    }

    @Override
    public String key() {
      return declaration.value();
    }

    @Override
    public String what() {
      return step.code();
    }
  }

  /** Permission to unload (卸貨准單). */
  record Permit(
      Told told,
      String number,
      VoyageKey voyage,
      Scope scope,
      boolean cancelled,
      @Nullable String office,
      @Nullable String terminal,
      @Nullable Instant validUntil,
      List<ContainerNumber> containers,
      List<BillKey> bills)
      implements Fact {

    /** Whether a permit is for the whole ship or for what it names. */
    public enum Scope {
      ALL,
      PART
    }

    @Override
    public String subject() {
      return "permit";
    }

    @Override
    public String key() {
      return number;
    }

    @Override
    public String what() {
      return cancelled ? "permit-cancelled" : "permit";
    }
  }

  /** Goods opened or X-rayed, or the order to do so (驗貨). */
  record Examination(
      Told told,
      String number,
      DeclarationNumber declaration,
      List<ContainerNumber> containers,
      Method method,
      Result result,
      boolean cancelled,
      @Nullable String office,
      @Nullable Integer packagesOpened,
      List<Finding> findings,
      @Nullable String remark)
      implements Fact {

    /** By hand or by X-ray. */
    public enum Method {
      M,
      X
    }

    /**
     * What came of it; {@code ASSIGNED} while it is still to be done, {@code MORE} when another
     * must follow.
     */
    public enum Result {
      ASSIGNED,
      CONFORM,
      DISCREPANCY,
      SEIZED,
      MORE
    }

    public record Finding(String code, String text, @Nullable Integer line) {}

    @Override
    public String subject() {
      return "examination";
    }

    @Override
    public String key() {
      return number;
    }

    @Override
    public String what() {
      return cancelled ? "examination-cancelled" : "examination";
    }
  }

  /** An audit of a bonded factory, warehouse or free port (保稅查核). */
  record BondedCheck(
      Told told,
      String number,
      Premises premises,
      String company,
      Result result,
      boolean cancelled,
      List<DeclarationNumber> declarations,
      List<ContainerNumber> containers,
      List<Count> items,
      @Nullable String remark)
      implements Fact {

    public record Premises(String number, String name, Kind kind) {

      public enum Kind {
        FACTORY,
        WAREHOUSE,
        FREE_PORT
      }
    }

    public enum Result {
      PLANNED,
      CONFORM,
      DISCREPANCY
    }

    /** Stock by the books against stock counted; the quantity not counted yet is absent. */
    public record Count(
        String description,
        String unit,
        BigDecimal bookQuantity,
        @Nullable BigDecimal countedQuantity) {}

    @Override
    public String subject() {
      return "bonded-check";
    }

    @Override
    public String key() {
      return number;
    }

    @Override
    public String what() {
      return cancelled ? "bonded-check-cancelled" : "bonded-check";
    }
  }
}
