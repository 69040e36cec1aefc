import { lavender, tomato, watering, type Bed } from './garden.js';
import { longestDrought } from './weather.js';

const beds: readonly Bed[] = [
  { plant: tomato, count: 4 },
  { plant: lavender, count: 6 },
];

for (let week = 0; week < 4; week++) {
  console.log(`week ${week}: carry ${watering(beds, week)} litres`);
}
console.log(`longest drought: ${longestDrought()} weeks`);
