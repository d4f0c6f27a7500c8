package io.umbel.gateway.rest;

import io.umbel.contract.Node;
import io.umbel.gateway.audit.ConfigurationChanges;
import io.umbel.gateway.catalog.Offer;
import io.umbel.gateway.store.AccountStore;
import io.umbel.gateway.wire.Sealer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All that the REST API is made of.
 *
 * @param store what accounts have; nothing where there is no database
 * @param changes where changes go on record
 * @param offers the tools on offer, by name
 * @param more routes of others; the contract has theirs, too
 */
public record RestRoom(
    Optional<AccountStore> store,
    ConfigurationChanges changes,
    Supplier<NavigableMap<String, Offer>> offers,
    List<RestRoutes> more) {

  /** The API behind that gate. */
  public RestApi open(RestGate gate, Node node) {
    var contract = Contract.read();
    var cursors = new Cursors(new Sealer(node.secret(), "rest-cursor"));
    var workshop = new Workshop(contract, store, changes, cursors, node.clock());
    var routes = new ArrayList<>(more);
    routes.add(new Collection(workshop, new Projects()));
    routes.add(new Collection(workshop, new Agents()));
    routes.add(new Collection(workshop, new Grants()));
    routes.add(new Collection(workshop, new KeysForMachines(node.clock())));
    routes.add(new AccountTools(workshop, offers));
    routes.add(new AuditTrail(workshop));
    return new RestApi(gate, contract, routes);
  }
}
