// The map: outlines and circles, all from this machine. The list beside it says the same without it.

const box = document.getElementById("map");
const L = window.L;
const LEAST = 7; // pixels: a town stays visible on a map of the world

const element = (name, text, href) => {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (href) made.href = href;
  return made;
};

/** What opens on a circle: the place, how precisely it is known, and its incidents. Text only, never markup. */
function told(place) {
  const root = element("div");
  root.append(element("strong", place.name), element("br"), element("span", place.reach));
  const list = root.appendChild(element("ul"));
  for (const incident of place.incidents.slice(0, 12)) {
    const words = `${incident.act}, ${incident.days} (${incident.accounts} accounts)`;
    list.appendChild(element("li")).append(element("a", words, `/incidents/${encodeURIComponent(incident.incident)}`));
  }
  if (place.incidents.length > 12) root.append(element("p", `and ${place.incidents.length - 12} more`));
  return root;
}

/** A circle in kilometres that never shrinks below what can be seen. */
const Spot = L.Circle.extend({
  _project() {
    L.Circle.prototype._project.call(this);
    this._radius = Math.max(this._radius, LEAST);
    this._radiusY = Math.max(this._radiusY ?? 0, LEAST);
    this._updateBounds();
  },
});

/** A name on the map: text alone, beside a place or in the middle of a country. */
const label = (at, words, kind) =>
  L.tooltip({ permanent: true, direction: kind === "spot" ? "right" : "center", className: `label ${kind}`, interactive: false })
    .setLatLng(at)
    .setContent(element("span", words));

const names = { places: [], countries: [], layer: L.layerGroup() };

/** Writes the names that have room in view: places first, then countries; none lies over another. */
function writeNames() {
  names.layer.clearLayers();
  const view = map.getBounds();
  const taken = [];
  const write = (at, words, kind) => {
    const { x, y } = map.latLngToContainerPoint(at);
    const width = words.length * 8 + 12;
    const left = kind === "spot" ? x : x - width / 2;
    const area = L.bounds([left, y - 10], [left + width, y + 10]);
    if (taken.some((other) => other.intersects(area))) return;
    taken.push(area);
    names.layer.addLayer(label(at, words, kind));
  };
  for (const { lat, lon, short } of names.places) if (view.contains([lat, lon])) write([lat, lon], short, "spot");
  for (const { land, name } of names.countries) {
    if (!view.intersects(land)) continue;
    const seen = L.latLngBounds(
      [Math.max(view.getSouth(), land.getSouth()), Math.max(view.getWest(), land.getWest())],
      [Math.min(view.getNorth(), land.getNorth()), Math.min(view.getEast(), land.getEast())],
    );
    const size = map.latLngToLayerPoint(seen.getSouthEast()).subtract(map.latLngToLayerPoint(seen.getNorthWest()));
    if (size.x > name.length * 8 && size.y > 20) write(seen.getCenter(), name, "country");
  }
}

/** Draws on over the 180th meridian: a ring that jumps from 180 to -180 would cross the whole map. */
function unwrapped(ring) {
  let turn = 0;
  return ring.map(([lon, lat], n) => {
    if (n && Math.abs(lon - ring[n - 1][0]) > 180) turn += lon < 0 ? 360 : -360;
    return [lon + turn, lat];
  });
}

function unwrap({ geometry }) {
  const each = (part) => part.map(unwrapped);
  geometry.coordinates = geometry.type === "Polygon" ? each(geometry.coordinates) : geometry.coordinates.map(each);
}

/** The bounds of a country's largest part: islands far away would pull its name into the sea. */
function mainland(geometry) {
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const boxes = parts.map((part) => L.latLngBounds(part[0].map(([lon, lat]) => [lat, lon])));
  const area = (b) => (b.getEast() - b.getWest()) * (b.getNorth() - b.getSouth());
  return boxes.reduce((one, other) => (area(other) > area(one) ? other : one));
}

const map = L.map(box, { attributionControl: false, worldCopyJump: true, minZoom: 1, zoomSnap: 0.5, fadeAnimation: false });
map.setView([20, 15], 2);
L.control.scale({ imperial: false }).addTo(map);
names.layer.addTo(map);
map.on("moveend", writeNames);

fetch(box.dataset.land)
  .then((answer) => answer.json())
  .then((atlas) => {
    const land = window.topojson.feature(atlas, atlas.objects.countries);
    const options = { interactive: false, style: { className: "land" } };
    land.features.forEach(unwrap);
    L.geoJSON(land, options).addTo(map).bringToBack();
    names.countries = land.features.map(({ geometry, properties }) => ({ land: mainland(geometry), name: properties.name }));
    writeNames();
  });

fetch(box.dataset.source)
  .then((answer) => answer.json())
  .then(({ places }) => {
    const spots = places.map((place) => {
      const spot = new Spot([place.lat, place.lon], { radius: place.radius_km * 1000, className: "spot" });
      return spot.bindPopup(() => told(place)).addTo(map);
    });
    names.places = places;
    if (spots.length) map.fitBounds(L.featureGroup(spots).getBounds().pad(0.3), { maxZoom: 7, animate: false });
    writeNames();
    box.dataset.drawn = String(spots.length);
  });

document.addEventListener("click", (event) => {
  const { lat, lon, radius } = event.target.closest(".show")?.dataset ?? {};
  if (lat === undefined) return;
  map.fitBounds(L.latLng(Number(lat), Number(lon)).toBounds(Number(radius) * 6000), { maxZoom: 10 });
  box.scrollIntoView({ block: "nearest" });
  box.focus({ preventScroll: true });
});
