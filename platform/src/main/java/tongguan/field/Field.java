package tongguan.field;

import java.util.ArrayList;
import java.util.List;
import tongguan.access.operation.Deferrable;
import tongguan.access.operation.Operation;
import tongguan.audit.Audit;
import tongguan.base.Ids;
import tongguan.base.database.Database;
import tongguan.base.http.Route;
import tongguan.clearance.Clearance;
import tongguan.dossier.Gathering;

/** The face of the room: packages to take along, and bundles of what was done meanwhile. */
public final class Field {
  private final PackageRoutes packages;
  private final BundleOperation bundle;
  private final Carrying carrying;

  /**
   * @param deferrable what officers may do without a network
   */
  public Field(
      Database database,
      Audit audit,
      Ids ids,
      Clearance clearance,
      List<? extends Operation> deferrable) {
    List<Deferrable> operations = new ArrayList<>();
    for (Operation operation : deferrable) {
      if (operation instanceof Deferrable one) {
        operations.add(one);
      }
    }
    FieldStore store = new FieldStore(database);
    Judging judging = new Judging(operations);
    this.packages = new PackageRoutes(new Gathering(database), clearance, store, audit);
    this.bundle = new BundleOperation(judging, ids);
    this.carrying = new Carrying(database, store, judging, audit);
  }

  /** What officers confirm here. */
  public List<Operation> operations() {
    return List.of(bundle);
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>(packages.routes());
    routes.addAll(carrying.routes());
    return routes;
  }
}
