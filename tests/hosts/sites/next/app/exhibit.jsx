"use client";
import "ntk-playground";

export default function Exhibit(attributes) {
  return <ntk-playground {...attributes} />;
}
