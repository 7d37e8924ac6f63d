// The four in front of the cameras.
export const people = [
  { name: "王老师", note: "Teacher", skin: "#f3cba8", hair: "#2a2224", cut: "bob", shirt: "#3d4f8f", collar: true, glasses: true, lips: "#c2565a",
    wall: ["#e9eef8", "#cfdaee"], room: "books" },
  { name: "Emma", note: "", skin: "#f9d9c4", hair: "#d9a441", cut: "long", shirt: "#e8798f", lips: "#cf5f6b",
    wall: ["#fdf0e6", "#f3d9c4"], room: "window" },
  { name: "李明", note: "", skin: "#eec49c", hair: "#1d1a1c", cut: "short", shirt: "#23a07a", headset: true, lips: "#b9605a",
    wall: ["#e3f3ee", "#c3e2d8"], room: "poster" },
  { name: "Sofía", note: "", skin: "#d8a078", hair: "#472a1c", cut: "curls", shirt: "#f2b134", lips: "#b14d4f",
    wall: ["#f0eafc", "#d6caf0"], room: "plant" },
];
