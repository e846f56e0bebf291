package tongguan.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tongguan.record.key.BillKey;
import tongguan.record.key.ContainerNumber;
import tongguan.record.key.DeclarationNumber;
import tongguan.record.key.VoyageKey;

/**
 * Facts sorted by kind, and everything that they mention, whether or not they tell more of it than
 * that it exists.
 */
final class Batch {
  final List<Fact.Voyage> voyages = new ArrayList<>();
  final List<Fact.Manifest> manifests = new ArrayList<>();
  final List<Fact.Bill> bills = new ArrayList<>();
  final List<Fact.Stowage> stowages = new ArrayList<>();
  final List<Fact.Movement> movements = new ArrayList<>();
  final List<Fact.Declaration> declarations = new ArrayList<>();
  final List<Fact.Step> steps = new ArrayList<>();
  final List<Fact.Permit> permits = new ArrayList<>();
  final List<Fact.Examination> examinations = new ArrayList<>();
  final List<Fact.BondedCheck> bondedChecks = new ArrayList<>();

  final Map<String, VoyageKey> namedVoyages = new TreeMap<>();
  final List<NamedContainer> namedContainers = new ArrayList<>();
  final Set<String> namedDeclarations = new TreeSet<>();
  final List<NamedCompany> namedCompanies = new ArrayList<>();
  final List<SeenSeal> seals = new ArrayList<>();

  /** A container that a fact mentions, with its size and type where the fact tells them. */
  record NamedContainer(
      String number,
      String checkDigit,
      @Nullable String sizeType,
      Instant toldAt,
      int toldRank,
      long toldTie) {}

  record NamedCompany(String number, String name, Instant toldAt, int toldRank, long toldTie) {}

  record SeenSeal(String number, String container, Instant seenAt) {}

  private Batch() {}

  static Batch of(List<Fact> facts) {
    Batch batch = new Batch();
    facts.forEach(batch::add);
    return batch;
  }

  private void add(Fact fact) {
    switch (fact) {
      case Fact.Voyage voyage -> voyages.add(voyage);
      case Fact.Manifest manifest -> {
        manifests.add(manifest);
        name(manifest.voyage());
      }
      case Fact.Bill bill -> addBill(bill);
      case Fact.Stowage stowage -> {
        stowages.add(stowage);
        name(stowage.voyage());
        name(stowage.told(), stowage.container(), stowage.sizeType());
      }
      case Fact.Movement movement -> addMovement(movement);
      case Fact.Declaration declaration -> addDeclaration(declaration);
      case Fact.Step step -> {
        steps.add(step);
        name(step.declaration());
      }
      case Fact.Permit permit -> {
        permits.add(permit);
        name(permit.voyage());
        permit.containers().forEach(container -> name(permit.told(), container, null));
      }
      case Fact.Examination examination -> {
        examinations.add(examination);
        name(examination.declaration());
        examination.containers().forEach(container -> name(examination.told(), container, null));
      }
      case Fact.BondedCheck check -> {
        bondedChecks.add(check);
        check.containers().forEach(container -> name(check.told(), container, null));
        check.declarations().forEach(this::name);
      }
    }
  }

  private void addBill(Fact.Bill bill) {
    bills.add(bill);
    name(bill.voyage());
    name(bill.told(), bill.consigneeCompany(), bill.consignee());
    for (Fact.Bill.Packed packed : bill.packed()) {
      name(bill.told(), packed.container(), packed.sizeType());
      see(packed.seals(), packed.container(), bill.told().at());
    }
  }

  private void addMovement(Fact.Movement movement) {
    movements.add(movement);
    VoyageKey voyage = movement.voyage();
    if (voyage != null) {
      name(voyage);
    }
    DeclarationNumber declaration = movement.declaration();
    if (declaration != null) {
      name(declaration);
    }
    name(movement.told(), movement.container(), movement.sizeType());
    see(movement.seals(), movement.container(), movement.at());
  }

  private void addDeclaration(Fact.Declaration declaration) {
    declarations.add(declaration);
    name(declaration.declaration());
    VoyageKey voyage = declaration.voyage();
    if (voyage != null) {
      name(voyage);
    }
    name(declaration.told(), declaration.traderCompany(), declaration.trader());
    name(declaration.told(), declaration.declarantCompany(), declaration.declarant());
    declaration.containers().forEach(container -> name(declaration.told(), container, null));
  }

  private void name(VoyageKey voyage) {
    namedVoyages.put(voyage.value(), voyage);
  }

  private void name(DeclarationNumber declaration) {
    namedDeclarations.add(declaration.value());
  }

  private void name(Told told, ContainerNumber container, @Nullable String sizeType) {
    namedContainers.add(
        new NamedContainer(
            container.value(),
            container.checkDigit().code(),
            sizeType,
            told.at(),
            told.rank(),
            told.tie()));
  }

  private void name(Told told, @Nullable String company, @Nullable String companyName) {
    if (company != null && companyName != null) {
      namedCompanies.add(
          new NamedCompany(company, companyName, told.at(), told.rank(), told.tie()));
    }
  }

  private void see(List<String> numbers, ContainerNumber container, Instant at) {
    numbers.forEach(number -> seals.add(new SeenSeal(number, container.value(), at)));
  }

  /** The bills that the batch states, as the two columns of their key. */
  List<List<String>> billKeys() {
    List<String> keys = new ArrayList<>();
    List<String> ofVoyages = new ArrayList<>();
    for (Fact.Bill bill : bills) {
      BillKey key = bill.bill();
      keys.add(key.value());
      ofVoyages.add(bill.voyage().value());
    }
    return List.of(keys, ofVoyages);
  }
}
