// The map: outlines and circles, all from this machine. The list beside it says the same without it.

const box = document.getElementById("map");
const L = window.L;
const NAMED = 30; // places: with more, names would lie over each other
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

const label = (at, words, kind) =>
  L.tooltip({ permanent: true, direction: kind === "spot" ? "right" : "center", className: `label ${kind}`, interactive: false })
    .setLatLng(at)
    .setContent(element("span", words));

/** Names the countries that are large enough in view to bear a name; on each move anew. */
function nameCountries(features) {
  const named = features.map(({ geometry, properties }) => ({ box: mainland(geometry), name: properties.name }));
  const names = L.layerGroup().addTo(map);
  const draw = () => {
    names.clearLayers();
    const view = map.getBounds();
    for (const { box: land, name } of named) {
      if (!view.intersects(land)) continue;
      const seen = L.latLngBounds(
        [Math.max(view.getSouth(), land.getSouth()), Math.max(view.getWest(), land.getWest())],
        [Math.min(view.getNorth(), land.getNorth()), Math.min(view.getEast(), land.getEast())],
      );
      const size = map.latLngToLayerPoint(seen.getSouthEast()).subtract(map.latLngToLayerPoint(seen.getNorthWest()));
      if (size.x > name.length * 9 && size.y > 24) names.addLayer(label(seen.getCenter(), name, "country"));
    }
  };
  map.on("moveend", draw);
  draw();
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

fetch(box.dataset.land)
  .then((answer) => answer.json())
  .then((atlas) => {
    const land = window.topojson.feature(atlas, atlas.objects.countries);
    const options = { interactive: false, style: { className: "land" } };
    L.geoJSON(land, options).addTo(map).bringToBack();
    nameCountries(land.features);
  });

fetch(box.dataset.source)
  .then((answer) => answer.json())
  .then(({ places }) => {
    const spots = places.map((place) => {
      const spot = new Spot([place.lat, place.lon], { radius: place.radius_km * 1000, className: "spot" });
      return spot.bindPopup(() => told(place)).addTo(map);
    });
    if (places.length <= NAMED) for (const place of places) label([place.lat, place.lon], place.short, "spot").addTo(map);
    if (spots.length) map.fitBounds(L.featureGroup(spots).getBounds().pad(0.3), { maxZoom: 7, animate: false });
    box.dataset.drawn = String(spots.length);
  });

document.addEventListener("click", (event) => {
  const { lat, lon, radius } = event.target.closest(".show")?.dataset ?? {};
  if (lat === undefined) return;
  map.fitBounds(L.latLng(Number(lat), Number(lon)).toBounds(Number(radius) * 6000), { maxZoom: 10 });
  box.scrollIntoView({ block: "nearest" });
  box.focus({ preventScroll: true });
});
