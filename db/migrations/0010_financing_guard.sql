-- What must never be false of money is held here too, however many connections write at once: every change of an ask's
-- money first locks the ask's row, and a facility's row where one is drawn on, and is then checked against what others
-- committed meanwhile. Refusals carry the code FG001 and say why in words for people.
create trigger ledger_entries_never_changed before update or delete on ledger_entries
  for each row execute function forge_never_changed();
--> statement-breakpoint
create trigger ledger_entries_never_emptied before truncate on ledger_entries
  for each statement execute function forge_never_changed();
--> statement-breakpoint
create trigger financing_moves_never_changed before update or delete on financing_moves
  for each row execute function forge_never_changed();
--> statement-breakpoint
create trigger financing_files_never_changed before update or delete on financing_files
  for each row execute function forge_never_changed();
--> statement-breakpoint
create trigger condition_events_never_changed before update or delete on condition_events
  for each row execute function forge_never_changed();
--> statement-breakpoint
-- NO KEY: foreign keys to the ask take their own, weaker lock on it, and two that would both go up to FOR UPDATE from
-- there would wait for each other.
create function forge_lock_ask() returns trigger language plpgsql as $$
begin
  perform 1 from financing_asks where id = new.ask_id for no key update;
  return new;
end $$;
--> statement-breakpoint
create trigger conditions_lock before insert or update on conditions
  for each row execute function forge_lock_ask();
--> statement-breakpoint
create trigger tranches_lock before insert or update on tranches
  for each row execute function forge_lock_ask();
--> statement-breakpoint
create function forge_committed(ask text) returns numeric language sql stable as $$
  select coalesce(sum(case kind when 'committed' then amount when 'cancelled' then -amount end), 0)
  from ledger_entries where ask_id = ask and kind in ('committed', 'cancelled')
$$;
--> statement-breakpoint
create function forge_ledger_before() returns trigger language plpgsql as $$
declare
  reversed ledger_entries;
begin
  perform 1 from financing_asks where id = new.ask_id for no key update;
  if new.facility_id is not null then
    perform 1 from facilities where id = new.facility_id for no key update;
  end if;
  if new.reverses_id is not null then
    select * into reversed from ledger_entries where id = new.reverses_id;
    if reversed.reverses_id is not null or reversed.ask_id <> new.ask_id or reversed.kind <> new.kind
      or reversed.amount <> -new.amount or reversed.facility_id is distinct from new.facility_id
      or reversed.tranche_id is distinct from new.tranche_id then
      raise exception 'A reversal takes back one whole line, and no reversal.' using errcode = 'FG001';
    end if;
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger ledger_entries_lock before insert on ledger_entries
  for each row execute function forge_ledger_before();
--> statement-breakpoint
create function forge_tranches_of(ask text) returns numeric language sql stable as $$
  select coalesce(sum(amount), 0) from tranches
  where ask_id = ask and state in ('planned', 'requested', 'approved', 'paid')
$$;
--> statement-breakpoint
create function forge_ledger_after() returns trigger language plpgsql as $$
declare
  approved numeric; disbursed numeric; repaid numeric; committed numeric; drawn numeric; paid tranches; most numeric;
begin
  select coalesce(sum(amount) filter (where kind = 'approved'), 0),
         coalesce(sum(amount) filter (where kind = 'disbursed'), 0),
         coalesce(sum(amount) filter (where kind = 'repaid'), 0)
    into approved, disbursed, repaid from ledger_entries where ask_id = new.ask_id;
  committed := forge_committed(new.ask_id);
  if committed > approved then
    raise exception 'Commitments would pass what was approved.' using errcode = 'FG001';
  end if;
  if committed < 0 then
    raise exception 'More would be cancelled than was committed.' using errcode = 'FG001';
  end if;
  if disbursed > committed then
    raise exception 'Disbursements would pass the commitment.' using errcode = 'FG001';
  end if;
  if repaid > disbursed then
    raise exception 'More would be repaid than was disbursed.' using errcode = 'FG001';
  end if;
  if new.kind in ('committed', 'cancelled') then
    if forge_tranches_of(new.ask_id) > committed then
      raise exception 'The tranches would pass the commitment: cancel tranches first.' using errcode = 'FG001';
    end if;
    select coalesce(sum(case kind when 'committed' then amount else -amount end), 0) into drawn
      from ledger_entries
      where ask_id = new.ask_id and facility_id is not distinct from new.facility_id and kind in ('committed', 'cancelled');
    if drawn < 0 then
      raise exception 'More would be cancelled than was committed from there.' using errcode = 'FG001';
    end if;
  end if;
  if new.facility_id is not null then
    select coalesce(sum(case kind when 'committed' then amount else -amount end), 0) into drawn
      from ledger_entries where facility_id = new.facility_id;
    select ceiling into most from facilities where id = new.facility_id;
    if drawn > most then
      raise exception 'Commitments would pass the ceiling of the facility.' using errcode = 'FG001';
    end if;
  end if;
  if new.kind = 'disbursed' and new.amount > 0 then
    select * into paid from tranches where id = new.tranche_id;
    if paid.ask_id <> new.ask_id or paid.amount <> new.amount or paid.approved_by is null then
      raise exception 'A disbursement pays one whole tranche that was approved.' using errcode = 'FG001';
    end if;
    if exists (
      select 1 from conditions where ask_id = new.ask_id and state not in ('satisfied', 'waived')
        and (gate <> 'tranche' or tranche_id = new.tranche_id)
    ) then
      raise exception 'A condition precedent is open: nothing can be disbursed before it is satisfied or waived.'
        using errcode = 'FG001';
    end if;
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger ledger_entries_hold after insert on ledger_entries
  for each row execute function forge_ledger_after();
--> statement-breakpoint
create function forge_tranche_after() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (new.amount <> old.amount or new.ask_id <> old.ask_id) then
    raise exception 'The amount of a tranche is never changed: cancel it and plan another.' using errcode = 'FG001';
  end if;
  if new.state in ('planned', 'requested', 'approved', 'paid')
    and forge_tranches_of(new.ask_id) > forge_committed(new.ask_id) then
    raise exception 'The tranches would pass the commitment.' using errcode = 'FG001';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger tranches_hold after insert or update on tranches
  for each row execute function forge_tranche_after();
--> statement-breakpoint
create function forge_tranche_paid() returns trigger language plpgsql as $$
declare
  of_tranche text; paid boolean; disbursed numeric;
begin
  if tg_table_name = 'tranches' then
    of_tranche := new.id;
  else
    of_tranche := new.tranche_id;
  end if;
  if of_tranche is null then
    return null;
  end if;
  select state = 'paid' into paid from tranches where id = of_tranche;
  select coalesce(sum(amount), 0) into disbursed from ledger_entries where tranche_id = of_tranche and kind = 'disbursed';
  if paid <> (disbursed > 0) then
    raise exception 'A tranche is paid when, and only when, the ledger has its disbursement.' using errcode = 'FG001';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger tranches_agree after insert or update on tranches
  deferrable initially deferred for each row execute function forge_tranche_paid();
--> statement-breakpoint
create constraint trigger ledger_entries_agree after insert on ledger_entries
  deferrable initially deferred for each row execute function forge_tranche_paid();
--> statement-breakpoint
create function forge_facility_ceiling() returns trigger language plpgsql as $$
begin
  if new.currency <> old.currency or new.ceiling < (
    select coalesce(sum(case kind when 'committed' then amount else -amount end), 0)
    from ledger_entries where facility_id = new.id
  ) then
    raise exception 'More is committed than that ceiling.' using errcode = 'FG001';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger facilities_ceiling_holds after update on facilities
  for each row execute function forge_facility_ceiling();
