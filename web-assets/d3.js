// What the pictures need of d3 and topojson, and no more.
export { extent, groups, max, sum } from "d3-array";
export { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
export { geoGraticule10, geoNaturalEarth1, geoPath } from "d3-geo";
export { scaleBand, scaleLinear, scaleSqrt } from "d3-scale";
export { line } from "d3-shape";
export { feature, mesh } from "topojson-client";
