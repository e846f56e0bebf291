package tongguan.examination;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tongguan.access.Sight;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.database.Sql;
import tongguan.record.key.DeclarationNumber;

/** SQL of the room: the forms, what the core systems told beside them, and what is similar. */
final class ExaminationStore {
  private final Connection connection;

  ExaminationStore(Connection connection) {
    this.connection = connection;
  }

  /** The lines of a declaration that this reader may see; by its primary key. */
  Optional<Declared> declared(DeclarationNumber number, Sight sight) throws SQLException {
    return Sql.of(
            connection,
            """
            select coalesce(d.items, '[]')::text as items
            from (select ?::int, ?::int) q(districts, clearance)
            join record.declaration d on d.number = ?
            where d.districts & q.districts <> 0 and greatest(d.classification, d.raised) <= q.clearance
            """,
            sight.districts(),
            sight.clearance(),
            number.value())
        .first(row -> Declared.of(Json.MAPPER.readTree(row.getString("items"))));
  }

  void add(UUID command, DeclarationNumber number, Form form) throws SQLException {
    Sql.of(
            connection,
            """
            insert into examination.form (command, declaration, result, packages_opened, form, photos)
            values (?, ?, ?, ?, ?::jsonb, ?)
            """,
            command,
            number.value(),
            form.result(),
            form.packagesOpened(),
            Json.text(form.json()),
            form.photos())
        .update();
  }

  /**
   * All examinations of a declaration, the newest first, as one list: what officers entered here,
   * with what the core system made of it, and what only messages told. Rides on the indexes by
   * declaration of both tables.
   */
  List<String> of(DeclarationNumber number, Sight sight) throws SQLException {
    return Sql.of(
            connection,
            OF,
            sight.districts(),
            sight.clearance(),
            number.value(),
            Limits.EXAMINATIONS)
        .rows(row -> row.getString(1));
  }

  // A form and a record are the same examination when the core system told of a result after the
  // form was confirmed and
  // before the next form was: acts on one declaration come one at a time, so that nothing else can
  // be meant.
  private static final String OF =
      """
      with own as (
        select d.number, q.districts, q.clearance
        from (select ?::int, ?::int) q(districts, clearance)
        join record.declaration d on d.number = ?
        where d.districts & q.districts <> 0 and greatest(d.classification, d.raised) <= q.clearance
      ), form as (
        select f.*, c.state, c.code, c.answer, c.officer_name, c.confirmed_at,
          lead(c.confirmed_at) over (order by c.confirmed_at) as next_at
        from own join examination.form f on f.declaration = own.number
        join clearance.command c on c.id = f.command
      ), told as (
        select x.* from own join record.examination x on x.declaration = own.number
        where not x.cancelled and x.districts & own.districts <> 0
          and greatest(x.classification, x.raised) <= own.clearance
      ), pair as (
        select distinct on (f.command) f.command, t.number
        from form f join told t on f.state = 'done' and t.result <> 'assigned'
          and t.told_at >= date_trunc('second', f.confirmed_at)
          and (f.next_at is null or t.told_at < f.next_at)
        order by f.command, t.told_at
      )
      select json_object(
        'key': coalesce(t.number, f.command::text), 'at': coalesce(f.confirmed_at, t.told_at),
        'of': case when t.number is null then 'officer' when f.command is null then 'core' else 'both' end,
        'method': t.method, 'result': coalesce(t.result, f.result), 'office': t.office,
        'packagesOpened': coalesce(f.packages_opened, t.packages_opened),
        'containers': case when t.containers <> '{}' then to_json(t.containers) end,
        'findings': t.findings, 'remark': coalesce(f.form ->> 'remark', t.remark),
        'officer': f.officer_name,
        'command': case when f.command is not null then json_object(
          'id': f.command, 'state': f.state, 'code': f.code, 'answer': f.answer absent on null) end,
        'form': f.form,
        'photos': case when f.photos <> '{}' then to_json(f.photos) end
        absent on null returning text)
      from form f
      left join pair p on p.command = f.command
      full join told t on t.number = p.number
      order by coalesce(f.confirmed_at, t.told_at) desc
      limit ?
      """;

  /** Earlier examinations that resemble this declaration, the most alike first. */
  List<String> similar(DeclarationNumber number, Sight sight) throws SQLException {
    return Sql.of(
            connection,
            SIMILAR,
            sight.districts(),
            sight.clearance(),
            number.value(),
            Limits.SIMILAR_LOOKED_AT,
            Limits.SIMILAR_LOOKED_AT,
            Limits.SIMILAR)
        .rows(row -> row.getString(1));
  }

  // Two ways to what is near: the importer's declarations on declaration_by_trader, and the same
  // codes on
  // declaration_by_goods_examined, each bounded before their examinations are read.
  private static final String SIMILAR =
      """
      with own as materialized (
        select d.number, d.trader_company, record.goods_codes(d.items) as codes,
          record.goods_origins(d.items, d.origin) as origins, q.districts, q.clearance
        from (select ?::int, ?::int) q(districts, clearance)
        join record.declaration d on d.number = ?
        where d.districts & q.districts <> 0 and greatest(d.classification, d.raised) <= q.clearance
      ), near as (
        select * from (
          select d.number from own join record.declaration d on d.trader_company = own.trader_company
          order by d.lodged_at desc limit ?) of_trader
        union
        select * from (
          select d.number from own join record.declaration d on record.goods_codes(d.items) && own.codes
          where d.channel in ('C3', 'C3M', 'C3X') and d.items is not null
          order by d.lodged_at desc limit ?) of_goods
      )
      select json_object(
        'key': x.number, 'declaration': d.number, 'at': x.told_at, 'method': x.method, 'result': x.result,
        'trader': d.trader, 'packagesOpened': x.packages_opened, 'findings': x.findings,
        'same': to_json(array_remove(array[
          case when d.trader_company = own.trader_company then 'importer' end,
          case when record.goods_codes(d.items) && own.codes then 'code' end,
          case when record.goods_origins(d.items, d.origin) && own.origins then 'origin' end], null))
        absent on null returning text)
      from own, near
      join record.declaration d on d.number = near.number
      join record.examination x on x.declaration = d.number and x.result <> 'assigned' and not x.cancelled
      where d.number <> own.number
        and d.districts & own.districts <> 0 and greatest(d.classification, d.raised) <= own.clearance
        and x.districts & own.districts <> 0 and greatest(x.classification, x.raised) <= own.clearance
      order by coalesce((d.trader_company = own.trader_company)::int, 0)
        + coalesce((record.goods_codes(d.items) && own.codes)::int, 0)
        + coalesce((record.goods_origins(d.items, d.origin) && own.origins)::int, 0) desc,
        x.told_at desc, x.number
      limit ?
      """;
}
