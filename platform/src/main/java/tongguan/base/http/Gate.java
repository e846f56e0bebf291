package tongguan.base.http;

import tongguan.base.Problem;

/**
 * Decides, before a handler runs, whether a request is let in and as whom. One implementation
 * decides for all routes.
 */
@FunctionalInterface
public interface Gate {

  /**
   * @throws Problem when the request is refused
   */
  Viewer admit(Call call, Route route);

  /** Hears of a request that was turned away before the gate was asked. */
  default void turnedAway(Call call, Route route, Problem problem) {}
}
